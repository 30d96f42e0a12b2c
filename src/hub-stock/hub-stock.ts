// hub stock: what lies at a hub, what of it may leave and how long it has been there; pure.
import type { Item } from '../catalogue/catalogue.events.js';
import { lineKey, type Holding, type Line } from '../goods-ledger/account.js';
import { DAY_MS } from '../goods-ledger/days.js';
import { total } from '../goods-ledger/books.js';
import { free } from '../goods-ledger/stock.js';
import type { LotExpiry } from '../lot/lot.view.js';
import { oldestOf, type Arrival } from './arrivals.js';
import type { HeldLine, Stop } from './held.js';
import { inPacks } from './in-packs.js';

/** Goods of one donation and lot under one earmark, in base units. */
export interface HubStockRow {
  readonly item: string;
  readonly unit: string;
  readonly donation: string;
  /** Empty while none is known. */
  readonly lot: string;
  /** Whom they are set aside for. */
  readonly earmark: string;
  /** In good condition, by the books. */
  readonly quantity: number;
  /** May leave. */
  readonly free: number;
  readonly heldByCustoms: number;
  /** Of a lot that is held or recalled. */
  readonly heldByLot: number;
  readonly holds: readonly Stop[];
  /** Not usable, beside the quantity. */
  readonly damaged: number;
  /** Last day of use, ISO date. */
  readonly expiry: string | null;
  /** When the oldest piece of this donation and lot came; the books take it that the oldest leave first. */
  readonly oldestSince: string | null;
  /** Whole days since then. */
  readonly dwellDays: number | null;
  /** The quantity in packs of the catalogue, for example "468 cartons + 12 pieces". */
  readonly inPacks: string | null;
}

export interface Found {
  readonly lines: readonly HeldLine[];
  readonly damaged: readonly Holding[];
  /** Of the lines, the latest first. */
  readonly arrivals: readonly Arrival[];
  readonly expiries: readonly LotExpiry[];
}

/** One row per item, donation, lot and earmark, in that order; `at` ends the dwell time. */
export function stockRows(
  { lines, damaged, arrivals, expiries }: Found,
  itemOf: (item: string) => Item | undefined,
  at: number,
): HubStockRow[] {
  const rows = new Map<string, { good?: HeldLine; damaged: number; line: Line; earmark: string }>();
  for (const good of lines) rows.set(rowKey(good), { good, damaged: 0, line: good, earmark: good.account.destination });
  for (const held of damaged) {
    const row = rows.get(rowKey(held)) ?? { damaged: 0, line: held, earmark: held.account.destination };
    rows.set(rowKey(held), { ...row, damaged: row.damaged + held.quantity });
  }
  const came = byLine(arrivals);
  const lying = byLine(lines);
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { good, damaged, line, earmark }]) => {
      const { item, donation, lot } = line;
      const [quantity, holds] = [good?.quantity ?? 0, good?.holds ?? []];
      const oldest =
        quantity > 0 ? oldestOf(total(lying.get(lineKey(line))!), came.get(lineKey(line)) ?? []) : undefined;
      const described = itemOf(item);
      return {
        ...{ item, unit: described?.unit ?? '', donation, lot, earmark, quantity },
        free: good ? free(good) : 0,
        heldByCustoms: total(holds.filter(({ by }) => by === 'customs')),
        heldByLot: total(holds.filter(({ by }) => by === 'lot')),
        ...{ holds, damaged },
        expiry: expiries.find((known) => known.item === item && known.lot === lot)?.expiry ?? null,
        oldestSince: oldest === undefined ? null : new Date(oldest).toISOString(),
        dwellDays: oldest === undefined ? null : Math.floor((at - oldest) / DAY_MS),
        inPacks: (described && inPacks(quantity, described)) ?? null,
      };
    });
}

/** Why pieces must not leave, in words. */
export function reasonOf({ by, what, status, reason }: Stop): string {
  return `${by === 'lot' ? `lot ${what}` : `customs, ${what}`} ${status}: ${reason}`;
}

function byLine<L extends Line>(lines: readonly L[]): Map<string, L[]> {
  const groups = new Map<string, L[]>();
  for (const line of lines) {
    const group = groups.get(lineKey(line)) ?? [];
    groups.set(lineKey(line), group);
    group.push(line);
  }
  return groups;
}

function rowKey({ account, ...line }: Holding): string {
  return `${lineKey(line)}/${account.destination}`;
}
