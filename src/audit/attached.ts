// audit: the photos and scans that entries name, held against the files that are kept.
import type { Attachment } from '../consignment/consignment.events.js';
import type { Recorded } from '../kernel/recorded.js';
import type { Attachments } from '../store/attachments.js';

/** What an entry may say of attachments: its own, and those of the fact it restates. */
interface Naming {
  readonly attachments?: readonly Attachment[];
  readonly restated?: { readonly fact: { readonly data: Naming } };
}

interface Named extends Attachment {
  /** Position of the first entry that names it. */
  readonly position: number;
}

export class NamedAttachments {
  private readonly named = new Map<string, Named>();

  /** Wrong entries count too: what was shown to somebody once must stay there to be judged. */
  next({ position, data }: Recorded): void {
    for (const attachment of namedBy(data)) {
      const { sha256, mediaType, bytes } = attachment;
      const key = [sha256, mediaType, bytes].join();
      if (!this.named.has(key)) this.named.set(key, { sha256, mediaType, bytes, position });
    }
  }

  /** How many attachments were checked, and those that are not what the entries say. */
  async against(files: Attachments): Promise<[checked: number, broken: string[]]> {
    const broken: string[] = [];
    for (const { position, ...attachment } of this.named.values()) {
      const fault = await files.fault(attachment);
      if (fault) broken.push(`${fault} (named at position ${position})`);
    }
    return [this.named.size, broken];
  }
}

function namedBy({ attachments = [], restated }: Naming): Attachment[] {
  return [...attachments, ...(restated ? namedBy(restated.fact.data) : [])];
}
