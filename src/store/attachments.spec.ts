// store: photos and scans beside the log.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ATTACHMENT_BYTES_MAX, Attachments } from './attachments.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('attachments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relief-'));
  const attachments = new Attachments(folder);
  const files = () =>
    readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, String(name))).isFile());
  const fileOf = (hash: string, ending: string) => join(folder, 'attachments', hash.slice(0, 2), `${hash}.${ending}`);

  afterAll(() => rmSync(folder, { recursive: true }));

  it('are kept under the hash of their bytes, and are what their bytes say', async () => {
    const kept = { sha256: sha256(PNG), mediaType: 'image/png', bytes: PNG.length };

    expect(await attachments.keep(PNG)).toEqual(kept);
    expect(attachments.about(kept.sha256)).toEqual(kept);
    expect(await attachments.read(kept)).toEqual(PNG);
    expect(readFileSync(fileOf(kept.sha256, 'png'))).toEqual(PNG);
    expect(await attachments.fault(kept)).toBeUndefined();
  });

  it('are kept once, however often and however many at once they come', async () => {
    await Promise.all([PNG, PNG, PNG, PDF, PDF].map((bytes) => attachments.keep(bytes)));

    expect(files()).toHaveLength(2);
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'must be a JPEG, PNG or WebP picture or a PDF (was "unknown")'],
    ['text', Buffer.from('delivered, all well'), 'must be a JPEG, PNG or WebP picture or a PDF (was "unknown")'],
    ['a page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'must be a JPEG, PNG or WebP picture or a PDF'],
    ['an animation', Buffer.from('GIF89a\x01\x00\x01\x00'), 'must be a JPEG, PNG or WebP picture or a PDF'],
    [
      'more than 10 MB',
      Buffer.concat([PDF, Buffer.alloc(ATTACHMENT_BYTES_MAX)]),
      'must not be larger than 10 MB (was "10000015 bytes")',
    ],
  ])('are never %s', async (_what, bytes, sentence) => {
    await expect(attachments.keep(bytes)).rejects.toThrow(`attachment ${sentence}`);
    expect(files()).toHaveLength(2);
  });

  it('of 10 MB are kept', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(ATTACHMENT_BYTES_MAX - PDF.length)]);

    expect((await attachments.keep(large)).bytes).toBe(10_000_000);
  });

  it.each([['0'.repeat(64)], ['../../events.db'], ['']])('nobody gave are not known: %j', (hash) => {
    expect(attachments.about(hash)).toBeUndefined();
  });

  it('that are missing, cut or changed by a bit are found out, and mended by giving them again', async () => {
    const kept = await attachments.keep(PNG);
    const file = fileOf(kept.sha256, 'png');

    rmSync(file);
    expect(await attachments.fault(kept)).toBe(`attachment ${kept.sha256} is missing`);
    await attachments.keep(PNG);
    expect(await attachments.fault(kept)).toBeUndefined();

    writeFileSync(file, PNG.subarray(1));
    expect(await attachments.fault(kept)).toBe(`attachment ${kept.sha256} has 69 bytes, it had 70`);

    const flipped = Buffer.from(PNG);
    flipped[PNG.length - 1]! ^= 1;
    writeFileSync(file, flipped);
    expect(await attachments.fault(kept)).toBe(`attachment ${kept.sha256} has other bytes than it had`);
    await attachments.keep(PNG);
    expect(readFileSync(file)).toEqual(PNG);
  });

  it('named as something else than their bytes are missing', async () => {
    const kept = await attachments.keep(PNG);

    expect(await attachments.fault({ ...kept, mediaType: 'application/pdf' })).toMatch(/is missing$/);
    expect(await attachments.fault({ ...kept, mediaType: 'text/html' })).toMatch(/is missing$/);
  });
});
