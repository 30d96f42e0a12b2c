// tracking: the movements that stand, corrections netted out; pure.
import { accountKey, lineKey, type Account, type Line } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';

/** Pieces that went from one account to another because of one entry; time in milliseconds since 1970. */
export interface Flow extends Line {
  readonly from: Account;
  readonly to: Account;
  readonly quantity: number;
  readonly happened: number;
  /** Position of the entry. */
  readonly about: number;
  readonly stream: string;
}

/**
 * What each entry moved, as far as it still stands. In the order of the log, not of the calendar: so were the books
 * drawn up, and no piece leaves an account before it came there because two papers of one day carry no hour.
 */
export function standingFlows(rows: readonly MovementRow[]): Flow[] {
  const nets = new Map<string, { row: MovementRow; net: number }>();
  for (const row of rows.filter(({ to, from }) => !isPledgeBook(to) && !isPledgeBook(from))) {
    const [from, to] = [accountKey(row.from), accountKey(row.to)];
    const forward = from < to;
    const key = [row.about, row.happened, lineKey(row), ...(forward ? [from, to] : [to, from])].join('|');
    const { net } = nets.get(key) ?? { net: 0 };
    nets.set(key, { row, net: net + (forward ? row.quantity : -row.quantity) });
  }
  return [...nets.values()].flatMap(({ row, net }) => flowOf(row, net)).sort((a, b) => a.about - b.about);
}

/** A promise is not goods. */
function isPledgeBook({ bucket }: Account): boolean {
  return bucket === 'pledged' || bucket === 'promised';
}

function flowOf({ from, to, item, donation, lot, happened, about, stream }: MovementRow, net: number): Flow[] {
  if (net === 0) return [];
  const asWritten = net > 0 === accountKey(from) < accountKey(to);
  const [source, target] = asWritten ? [from, to] : [to, from];
  return [{ from: source, to: target, quantity: Math.abs(net), item, donation, lot, happened, about, stream }];
}
