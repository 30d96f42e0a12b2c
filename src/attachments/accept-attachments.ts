// attachments: lets raw bytes through to the upload, and to nothing else.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ATTACHMENT_BYTES_MAX, MEDIA_TYPES } from '../store/attachments.js';

export const ATTACHMENTS_PATH = '/attachments';

export function acceptAttachments(server: FastifyInstance): void {
  const options = { parseAs: 'buffer', bodyLimit: ATTACHMENT_BYTES_MAX } as const;
  server.addContentTypeParser(Object.keys(MEDIA_TYPES), options, (request: FastifyRequest, body: Buffer, done) => {
    if (request.routeOptions.url === ATTACHMENTS_PATH) done(null, body);
    else done(Object.assign(new Error('Send JSON here; pictures and PDFs go to /attachments.'), { statusCode: 415 }));
  });
}
