// goods ledger: who held what, as it stood; read movement by movement.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Account, Bucket, Holding, Line } from './account.js';
import { limitsFor, type AsOf } from './as-of.js';

/** Which holdings are meant; a field left out means all. */
export interface Which {
  readonly bucket?: Bucket;
  readonly holder?: string;
  readonly destination?: string;
  readonly item?: string;
  readonly donation?: string;
  readonly lot?: string;
}

const FIELDS: Readonly<Record<keyof Which, string>> = {
  bucket: 'a.bucket',
  holder: 'a.holder',
  destination: 'a.destination',
  item: 'l.item',
  donation: 'l.donation',
  lot: 'l.lot',
};

/** As they stand now: read from the balances. */
const NOW = 'SELECT account, line, quantity FROM balances';

/** As they stood: every movement up to the limits. */
const THEN = `
  SELECT to_account AS account, line, quantity FROM movements WHERE happened <= :until AND reported <= :knownAt
  UNION ALL
  SELECT from_account, line, -quantity FROM movements WHERE happened <= :until AND reported <= :knownAt`;

/** Holdings that are not zero, by account and line. */
export function holdingsAsOf(db: DatabaseSync): (asOf: AsOf, which: Which) => Holding[] {
  return (asOf, which) => {
    const { text, values } = condition(which);
    const isNow = asOf.until === undefined && asOf.knownAt === undefined;
    const rows = db
      .prepare(
        `SELECT a.bucket, a.holder, a.destination, a.cause, l.item, l.donation, l.lot, sum(f.quantity) AS quantity
         FROM (${isNow ? NOW : THEN}) f JOIN accounts a ON a.id = f.account JOIN lines l ON l.id = f.line
         WHERE true ${text} GROUP BY a.id, l.id HAVING sum(f.quantity) <> 0 ORDER BY a.key, l.key`,
      )
      .all({ ...(isNow ? {} : limitsFor(asOf)), ...values }) as unknown as (Account & Line & { quantity: number })[];
    return rows.map(({ bucket, holder, destination, cause, item, donation, lot, quantity }) => {
      return { account: { bucket, holder, destination, cause }, item, donation, lot, quantity };
    });
  };
}

/** `AND …` for the fields that are given, with their values. */
export function condition(which: Which): { text: string; values: Record<string, SQLInputValue> } {
  const given = Object.entries(which).filter(([, value]) => value !== undefined) as [keyof Which, string][];
  return {
    text: given.map(([field]) => `AND ${FIELDS[field]} = :${field}`).join(' '),
    values: Object.fromEntries(given),
  };
}
