// store: a number over everything an entry says, to notice what changed on the disk.
import { crc32 } from 'node:zlib';
import type { Payload, Place } from './envelope.js';

/** CRC-32 over an entry, all but its position, as a signed number: four bytes in the file. */
export function checksumOf(payload: Payload, place: Omit<Place, 'position'>): number {
  const { id, type, schema, data, metadata } = payload;
  const { stream, version, recordedAt } = place;
  // JSON, ids and names of events hold no line breaks; a stream may, and goes last: no two entries read the same.
  return crc32(`${version}\n${schema}\n${recordedAt}\n${data}\n${metadata}\n${id}\n${type}\n${stream}`) | 0;
}

/** CRC-32 over the name of a log. */
export function checksumOfName(identity: string): number {
  return crc32(identity) | 0;
}
