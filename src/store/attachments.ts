// store: photos and scans beside the log, each kept once under the SHA-256 of its bytes.
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { Invalid } from '../kernel/errors.js';

export const ATTACHMENT_BYTES_MAX = 10_000_000;
/** What may be attached, and how such a file ends. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

const FOLDER = 'attachments';

export interface StoredAttachment {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export class Attachments {
  private readonly folder: string;

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, FOLDER);
  }

  /** Keeps the bytes durably; the same bytes twice are kept once. Throws `Invalid` for what may not be attached. */
  async keep(bytes: Buffer): Promise<StoredAttachment> {
    const mediaType = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown';
    const extension = MEDIA_TYPES[mediaType];
    if (!extension)
      throw new Invalid([
        { field: 'attachment', rule: 'must be a JPEG, PNG or WebP picture or a PDF', value: mediaType },
      ]);
    if (bytes.length > ATTACHMENT_BYTES_MAX) {
      throw new Invalid([
        { field: 'attachment', rule: `must not exceed ${ATTACHMENT_BYTES_MAX} bytes`, value: bytes.length },
      ]);
    }
    const sha256 = hashOf(bytes);
    const file = this.fileOf(sha256, extension);
    if (!existsSync(file)) writeDurably(file, bytes);
    return { sha256, mediaType, bytes: bytes.length };
  }

  /** What is known of a kept attachment. */
  about(sha256: string): StoredAttachment | undefined {
    for (const [mediaType, extension] of Object.entries(MEDIA_TYPES)) {
      const file = this.fileOf(sha256, extension);
      if (existsSync(file)) return { sha256, mediaType, bytes: statSync(file).size };
    }
    return undefined;
  }

  read(sha256: string): Buffer | undefined {
    const known = this.about(sha256);
    return known && readFileSync(this.fileOf(sha256, MEDIA_TYPES[known.mediaType]!));
  }

  /** Why an attachment is not what an entry says it is; nothing when it is. */
  fault({ sha256, bytes }: StoredAttachment): string | undefined {
    const kept = this.read(sha256);
    if (!kept) return `${sha256} is missing`;
    return kept.length === bytes && hashOf(kept) === sha256 ? undefined : `${sha256} has other bytes than it had`;
  }

  /** How many are kept. */
  count(): number {
    return existsSync(this.folder)
      ? readdirSync(this.folder, { recursive: true }).filter((name) => /[0-9a-f]{64}/.test(String(name))).length
      : 0;
  }

  private fileOf(sha256: string, extension: string): string {
    return join(this.folder, sha256.slice(0, 2), `${sha256}.${extension}`);
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A name appears only when all its bytes are on the disk. */
function writeDurably(file: string, bytes: Buffer): void {
  mkdirSync(join(file, '..'), { recursive: true });
  const beside = `${file}.${randomUUID()}`;
  writeFileSync(beside, bytes);
  const descriptor = openSync(beside, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(beside, file);
}
