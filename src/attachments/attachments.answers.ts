// attachments: what an upload answers.
export class AttachmentAnswer {
  /** Name it by this in receipts and deliveries. */
  sha256!: string;
  /** What the bytes are, whatever the upload said. */
  mediaType!: string;
  bytes!: number;
}
