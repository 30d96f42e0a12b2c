// store: photos and scans beside the log, each kept once under the SHA-256 of its bytes.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Invalid } from '../kernel/errors.js';
import { ATTACHMENTS } from './data-folder.js';

export const ATTACHMENT_BYTES_MAX = 10_000_000;

/** What may be attached, and how such a file ends. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

const SHA256 = /^[0-9a-f]{64}$/;

export interface StoredAttachment {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export class Attachments {
  private readonly folder: string;

  /** In the data folder, unless another folder is named. */
  constructor(dataFolder: string, folder = join(dataFolder, ATTACHMENTS)) {
    this.folder = folder;
  }

  /**
   * Keeps the bytes durably before it answers; the same bytes twice are kept once, and mend a file that was damaged.
   * The bytes say what they are, whatever the sender says. Throws `Invalid` for what may not be attached.
   */
  async keep(bytes: Buffer): Promise<StoredAttachment> {
    if (bytes.length > ATTACHMENT_BYTES_MAX) throw wrong('must not be larger than 10 MB', `${bytes.length} bytes`);
    // Loaded for the first of them: most processes never see one.
    const { fileTypeFromBuffer } = await import('file-type');
    const mediaType = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown';
    if (!MEDIA_TYPES[mediaType]) throw wrong('must be a JPEG, PNG or WebP picture or a PDF', mediaType);
    const attachment = { sha256: hashOf(bytes), mediaType, bytes: bytes.length };
    if (await this.fault(attachment)) await writeDurably(this.fileOf(attachment), bytes);
    return attachment;
  }

  /** What is known of a kept attachment. */
  about(sha256: string): StoredAttachment | undefined {
    if (!SHA256.test(sha256)) return undefined;
    for (const mediaType of Object.keys(MEDIA_TYPES)) {
      const file = this.fileOf({ sha256, mediaType });
      if (existsSync(file)) return { sha256, mediaType, bytes: statSync(file).size };
    }
    return undefined;
  }

  /** The bytes as they lie there: `fault` says whether they are the ones that were given. */
  read(attachment: StoredAttachment): Promise<Buffer> {
    return readFile(this.fileOf(attachment));
  }

  /** Why an attachment is not what an entry says it is; nothing when it is. */
  async fault(attachment: StoredAttachment): Promise<string | undefined> {
    const { sha256, bytes } = attachment;
    const kept = await this.read(attachment).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
    if (kept === 'ENOENT') return `attachment ${sha256} is missing`;
    if (typeof kept === 'string') return `attachment ${sha256} cannot be read (${kept})`;
    if (kept.length !== bytes) return `attachment ${sha256} has ${kept.length} bytes, it had ${bytes}`;
    return hashOf(kept) === sha256 ? undefined : `attachment ${sha256} has other bytes than it had`;
  }

  private fileOf({ sha256, mediaType }: Omit<StoredAttachment, 'bytes'>): string {
    return join(this.folder, sha256.slice(0, 2), `${sha256}.${MEDIA_TYPES[mediaType]}`);
  }
}

function wrong(rule: string, value: string): Invalid {
  return new Invalid([{ field: 'attachment', rule, value }]);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A name appears only when all its bytes are on the disk. */
async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${randomUUID()}`;
  try {
    const handle = await open(beside, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/** Not every system lets folders be opened; those that do not keep names without being asked. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
