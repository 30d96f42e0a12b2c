// goods ledger: movements with their accounts and dates, for statements and explanations.
import type { DatabaseSync } from 'node:sqlite';
import type { Account, Line, Movement } from './account.js';
import { limitsFor, type AsOf } from './as-of.js';
import type { Which } from './holdings-as-of.js';

/** A movement as it was booked; times in milliseconds since 1970. */
export interface MovementRow extends Movement {
  /** Position of the entry that booked it: a correction, or the entry itself. */
  readonly position: number;
  /** Position of the entry it is about. */
  readonly about: number;
  readonly stream: string;
  readonly happened: number;
  readonly reported: number;
  readonly recorded: number;
}

/** Movements into or out of the accounts that `which` means; or all movements of one stream. */
export interface WhichMovements extends Omit<Which, 'bucket' | 'holder'> {
  readonly stream?: string;
  /** Only what happened at or after this instant. */
  readonly since?: number;
}

interface Row extends Line {
  readonly [field: string]: unknown;
}

const ACCOUNT = (side: 'f' | 't') =>
  ['bucket', 'holder', 'destination', 'cause'].map((part) => `${side}.${part} AS ${side}_${part}`).join(', ');

/** Movements in the order in which they happened, then of the log. */
export function movementRows(db: DatabaseSync): (asOf: AsOf, which: WhichMovements) => MovementRow[] {
  return (asOf, { stream, since, destination, item, donation, lot }) => {
    const given = { stream, since, destination, item, donation, lot };
    const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const rows = db
      .prepare(
        `SELECT m.position, m.about, s.name AS stream, m.quantity, m.happened, m.reported, m.recorded, l.item, l.donation, l.lot,
          ${ACCOUNT('f')}, ${ACCOUNT('t')}
         FROM movements m JOIN lines l ON l.id = m.line JOIN streams s ON s.id = m.stream
          JOIN accounts f ON f.id = m.from_account JOIN accounts t ON t.id = m.to_account
         WHERE m.happened <= :until AND m.reported <= :knownAt
          ${stream === undefined ? '' : 'AND m.stream = (SELECT id FROM streams WHERE name = :stream)'}
          ${since === undefined ? '' : 'AND m.happened >= :since'}
          ${destination === undefined ? '' : 'AND (f.destination = :destination OR t.destination = :destination)'}
          ${item === undefined ? '' : 'AND l.item = :item'}
          ${donation === undefined ? '' : 'AND l.donation = :donation'}
          ${lot === undefined ? '' : 'AND l.lot = :lot'}
         ORDER BY m.happened, m.id`,
      )
      .all({ ...limitsFor(asOf), ...values }) as unknown as Row[];
    return rows.map(movementOf);
  };
}

function movementOf(row: Row): MovementRow {
  const account = (side: 'f' | 't') =>
    ({
      bucket: row[`${side}_bucket`],
      holder: row[`${side}_holder`],
      destination: row[`${side}_destination`],
      cause: row[`${side}_cause`],
    }) as Account;
  const { position, about, stream, quantity, happened, reported, recorded, item, donation, lot } =
    row as unknown as MovementRow;
  return {
    from: account('f'),
    to: account('t'),
    position,
    about,
    stream,
    quantity,
    happened,
    reported,
    recorded,
    item,
    donation,
    lot,
  };
}
