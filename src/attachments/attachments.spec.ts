// attachments: a scan of a signed receipt, from the upload to the auditor.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { relief } from '../../test/support/cli.js';
import { isClean, verify } from '../audit/verify.js';
import { createApp } from '../main.js';
import { STORES, type Stores } from '../store/stores.js';
import type { AttachmentAnswer } from './attachments.answers.js';

const SCAN = Buffer.from('%PDF-1.7\n% signed at the hospital\n%%EOF\n');
const PHOTO = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const LAW = 'Every attachment is there with the bytes it had.';

describe('a scan of a signed receipt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relief-'));
  let app: NestFastifyApplication;
  let scan: AttachmentAnswer;

  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
  const upload = (payload: Buffer, type = 'application/pdf') =>
    app.inject({ method: 'POST', url: '/attachments', payload, headers: { 'content-type': type } });
  const fileOf = ({ sha256 }: AttachmentAnswer) => join(folder, 'attachments', sha256.slice(0, 2), `${sha256}.pdf`);
  const verdict = async () => {
    const stores = app.get<Stores>(STORES);
    await stores.projector.catchUp();
    const { findings, ...rest } = await verify(stores);
    return { clean: isClean({ findings, ...rest }), ...findings.find(({ law }) => law === LAW)! };
  };

  beforeAll(async () => {
    app = await createApp({ kind: 'folder', folder, use: 'write' });
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('is uploaded, twice is the same, and its bytes say what it is', async () => {
    const first = await upload(SCAN);
    expect(first.statusCode).toBe(201);
    scan = first.json();
    expect(scan).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), mediaType: 'application/pdf', bytes: 40 });

    expect((await upload(SCAN, 'image/png')).json()).toEqual(scan);
    expect((await upload(PHOTO, 'application/pdf')).json()).toMatchObject({ mediaType: 'image/jpeg' });
  });

  it('comes back byte for byte, and never as a page of this house', async () => {
    const answer = await app.inject(`/attachments/${scan.sha256.toUpperCase()}`);

    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload).toEqual(SCAN);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${scan.sha256}.pdf"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it.each(['0'.repeat(64), 'scan.pdf', '..%2F..%2Fevents.db'])('is not %s, which nobody uploaded', async (name) => {
    const answer = await app.inject(`/attachments/${name}`);

    expect([answer.statusCode, answer.json().code]).toEqual([404, 'UNKNOWN']);
  });

  it.each([
    ['text', Buffer.from('all well'), 'image/png', 400, 'must be a JPEG, PNG or WebP picture or a PDF'],
    ['an empty body', Buffer.alloc(0), 'image/png', 400, 'must be'],
    ['JSON', Buffer.from('{}'), 'application/json', 400, 'must be the bytes themselves'],
    ['another kind of content', SCAN, 'text/html', 415, 'Unsupported Media Type'],
    ['more than 10 MB', Buffer.concat([SCAN, Buffer.alloc(10_000_000)]), 'application/pdf', 413, 'too large'],
  ])('is not %s', async (_what, payload, type, status, sentence) => {
    const answer = await upload(payload, type);

    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, code: 'INVALID', message: expect.stringContaining(sentence) });
  });

  it('is taken at its own address only', async () => {
    const headers = { 'content-type': 'application/pdf' };
    const answer = await app.inject({ method: 'POST', url: '/donations', payload: SCAN, headers });

    expect([answer.statusCode, answer.json().message]).toEqual([
      415,
      'Send JSON here; pictures and PDFs go to /attachments.',
    ]);
  });

  it('is named by deliveries, also by ones that were wrong, and every named one is verified', async () => {
    const on = { happenedAt: '2020-03-15' };
    await post('/catalogue/organisations', { ...on, organisation: 'JMF', name: 'Jack Ma Foundation' });
    await post('/donations', { ...on, donation: 'D-1', donor: 'JMF', lines: [] });
    await post('/consignments', {
      ...on,
      ...{ consignment: 'C-1', from: 'CNSHA', to: 'IT', lines: [{ item: 'MASK', donation: 'D-1', quantity: 10 }] },
    });
    const delivery = { ...on, recipient: 'JMF', proof: 'confirmed', lines: [{ item: 'MASK', accepted: 4 }] };
    const body = { ...delivery, consignment: 'C-1', attachments: [(await upload(PHOTO)).json().sha256] };
    const wrong = await post('/consignments/C-1/deliveries', { ...delivery, attachments: [scan.sha256] });
    expect(wrong.statusCode).toBe(201);
    expect(await verdict()).toMatchObject({ clean: true, checked: 1 });

    const correction = { ...on, event: wrong.json().events[0], reason: 'incorrect_data', note: 'another scan' };
    const restated = { command: 'RecordDelivery', body };
    expect((await post('/consignments/C-1/corrections', { ...correction, restated })).statusCode).toBe(201);
    expect(await verdict()).toMatchObject({ clean: true, checked: 2 });
  });

  it('that nobody uploaded is named by nobody', async () => {
    const delivery = { happenedAt: '2020-03-15', recipient: 'JMF', proof: 'confirmed', attachments: ['0'.repeat(64)] };
    const answer = await post('/consignments/C-1/deliveries', { ...delivery, lines: [{ item: 'MASK', accepted: 1 }] });

    expect([answer.statusCode, answer.json().message]).toEqual([404, expect.stringContaining('Upload it first.')]);
  });

  it('with a flipped bit is found by verify, which exits with 1, and is not handed out', async () => {
    const flipped = Buffer.from(SCAN);
    flipped[20]! ^= 1;
    writeFileSync(fileOf(scan), flipped);

    expect(await verdict()).toMatchObject({
      clean: false,
      broken: [expect.stringContaining('has other bytes than it had')],
    });
    const { code, out } = await relief('verify', '--data', folder);
    expect(code).toBe(1);
    expect(out).toContain(`attachment ${scan.sha256} has other bytes than it had (named at position`);
    const answer = await app.inject(`/attachments/${scan.sha256}`);
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'ATTACHMENT_DAMAGED']);
  });

  it('that is gone is found by verify, and mended by uploading it again', async () => {
    rmSync(fileOf(scan));
    expect(await verdict()).toMatchObject({ clean: false, broken: [expect.stringContaining('is missing')] });

    await upload(SCAN);
    expect(readFileSync(fileOf(scan))).toEqual(SCAN);
    expect(await verdict()).toMatchObject({ clean: true, broken: [] });
  });
});
