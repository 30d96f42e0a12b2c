// attachments: the routes.
import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Invalid, Refused, Unknown } from '../kernel/errors.js';
import { openapi } from '../nest/openapi.js';
import { MEDIA_TYPES } from '../store/attachments.js';
import { STORES, type Stores } from '../store/stores.js';
import { ATTACHMENTS_PATH } from './accept-attachments.js';
import { AttachmentAnswer } from './attachments.answers.js';

@openapi.ApiTags('attachments')
@Controller(ATTACHMENTS_PATH)
export class AttachmentsController {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** Keeps a picture or PDF of up to 10 MB, given as the raw body; the same bytes twice are kept once. */
  @Post()
  @openapi.ApiConsumes(...Object.keys(MEDIA_TYPES))
  @openapi.ApiBody({ schema: { type: 'string', format: 'binary' } })
  async keep(@Body() body: unknown): Promise<AttachmentAnswer> {
    if (!Buffer.isBuffer(body)) {
      const rule = `must be the bytes themselves, with the Content-Type ${Object.keys(MEDIA_TYPES).join(', ')}`;
      throw new Invalid([{ field: 'attachment', rule }]);
    }
    return this.stores.attachments.keep(body);
  }

  /** The picture or PDF, byte for byte as it was given. */
  @Get(':sha256')
  @openapi.ApiProduces(...Object.keys(MEDIA_TYPES))
  async read(@Param('sha256') hash: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const { attachments } = this.stores;
    const known = attachments.about(hash.toLowerCase());
    if (!known) throw new Unknown('attachment', hash, 'Upload it first.');
    const fault = await attachments.fault(known);
    if (fault) {
      throw new Refused(
        'ATTACHMENT_DAMAGED',
        `The file is not what was uploaded: ${fault}. Put it back from a backup.`,
      );
    }
    const { sha256, mediaType } = known;
    void reply
      .type(mediaType)
      .header('content-disposition', `attachment; filename="${sha256}.${MEDIA_TYPES[mediaType]}"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store');
    return attachments.read(known);
  }
}
