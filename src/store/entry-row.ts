// store: an event as a row of events.db, and the check that it says what was written.
import type { Recorded } from '../kernel/recorded.js';
import { checksumOf } from './checksum.js';
import { DamagedLog } from './damaged-log.js';
import { recorded, type Payload, type Place } from './envelope.js';

/** The columns of ENTRY; the checksum is null for entries of a version that knew none. */
export type EntryRow = readonly [
  position: number,
  stream: string,
  version: number,
  id: string,
  type: string,
  schema: number,
  data: string,
  metadata: string,
  recordedAt: number,
  checksum: number | null,
];

export const ENTRY = 'position, stream, version, id, type, schema, data, metadata, recorded_at';

/** The entry of a row of `file`. Throws `DamagedLog` when it is not as it was written, before anything of it is parsed. */
export function entryOf(row: EntryRow, file: string, checked: 'always' | 'where known'): Recorded {
  const [position, stream, version, id, type, schema, data, metadata, recordedAt, checksum] = row;
  const payload: Payload = { id, type, schema, data, metadata };
  const place: Place = { stream, version, position, recordedAt };
  const trusted = checksum === null && checked === 'where known' && hasEverything(row);
  if (!trusted && checksum !== checksumOf(payload, place))
    throw new DamagedLog(file, `the entry at position ${position}, version ${version} of ${stream}, was changed`);
  return recorded(payload, place);
}

function hasEverything(row: EntryRow): boolean {
  return row.slice(0, -1).every((value) => value !== null);
}
