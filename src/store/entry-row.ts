// store: an event as a row of events.db, and the check that it says what was written.
import type { Recorded } from '../kernel/recorded.js';
import { checksumOf } from './checksum.js';
import { DamagedLog } from './damaged-log.js';
import { recorded, type Payload, type Place } from './envelope.js';
import type { LogLayout } from './log-layout.js';

/** What a layout selects of an entry; the checksum is null for entries of a version that knew none. */
export type EntryRow = readonly [
  position: number,
  stream: string,
  version: number,
  selectedId: string,
  type: string,
  schema: number,
  data: string,
  metadata: string,
  recordedAt: number,
  checksum: number | null,
];

/** The entry of a row of `file`. Throws `DamagedLog` when it is not as it was written, before anything of it is parsed. */
export function entryOf(row: EntryRow, file: string, layout: LogLayout): Recorded {
  const [position, stream, version, selectedId, type, schema, data, metadata, recordedAt, checksum] = row;
  const payload: Payload = { id: layout.id(selectedId), type, schema, data, metadata };
  const place: Place = { stream, version, position, recordedAt };
  const trusted = checksum === null && layout.checked === 'where known' && hasEverything(row);
  if (!trusted && checksum !== checksumOf(payload, place))
    throw new DamagedLog(file, `the entry at position ${position}, version ${version} of ${stream}, was changed`);
  return recorded(payload, place);
}

function hasEverything(row: EntryRow): boolean {
  return row.slice(0, -1).every((value) => value !== null);
}
