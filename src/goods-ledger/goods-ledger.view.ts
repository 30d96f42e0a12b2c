// goods ledger: movements, balances and daily totals, as rows.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isCorrection } from '../kernel/corrections.js';
import { instant } from '../kernel/moments.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Fact, Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import { inOrder, type Account, type Bucket, type Holding, type Line, type Movement } from './account.js';
import { totalsAsOf, type AsOf, type Total } from './as-of.js';
import { BalanceRows, OpenAccount } from './balances.js';
import type { Balances } from './books.js';
import { changesBetween, type Changes, type WhichChanges } from './changes.js';
import { movementsOfCorrection, type Dated } from './corrected.js';
import { Codes } from './codes.js';
import { dayOf } from './days.js';
import { DRAWN_ON, Holders, type Held } from './holders.js';
import { holdingsAsOf, type Which } from './holdings-as-of.js';
import { movementRows, type MovementRow, type WhichMovements } from './movement-rows.js';
import { movementsOf, type GoodsFact } from './movements.js';
import { addTo } from './quantities.js';
import { Sheets } from './sheets.js';
import { steady } from './steady.js';
import { Streams } from './streams.js';
import { Totals } from './totals.js';

/** In milliseconds since 1970. */
type Times = readonly [happened: number, reported: number, recorded: number];

type HoldingRow = Account & Line & { readonly quantity: number; readonly account: number; readonly line: number };

const HOLDINGS = `SELECT a.id AS account, l.id AS line, a.bucket, a.holder, a.destination, a.cause, l.item, l.donation, l.lot,
    b.quantity
  FROM accounts a JOIN balances b ON b.account = a.id JOIN lines l ON l.id = b.line
  WHERE b.quantity <> 0 AND a.holder = ?`;

/** The cell of the country report that an account and item belong to; 0 for accounts that no report shows. */
const UNREPORTED = 0;

export class GoodsLedgerView implements View, Balances {
  static readonly version = 8;
  static readonly tables = `
    CREATE TABLE accounts (id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, holder TEXT NOT NULL, destination TEXT NOT NULL,
      cause TEXT NOT NULL, key TEXT AS (bucket || '/' || holder || '/' || destination || '/' || cause),
      UNIQUE (holder, bucket, destination, cause)) STRICT;
    CREATE TABLE lines (id INTEGER PRIMARY KEY, item TEXT NOT NULL, donation TEXT NOT NULL, lot TEXT NOT NULL,
      key TEXT AS (item || '/' || donation || '/' || lot), UNIQUE (item, donation, lot)) STRICT;
    CREATE TABLE movements (id INTEGER PRIMARY KEY, position INTEGER NOT NULL, about INTEGER NOT NULL, stream INTEGER NOT NULL,
      from_account INTEGER NOT NULL, to_account INTEGER NOT NULL, line INTEGER NOT NULL, quantity INTEGER NOT NULL,
      from_cell INTEGER NOT NULL, to_cell INTEGER NOT NULL,
      happened INTEGER NOT NULL, reported INTEGER NOT NULL, recorded INTEGER NOT NULL) STRICT;
    ${Streams.tables} ${BalanceRows.tables} ${Totals.tables} ${Sheets.tables}
  `;
  static readonly clustered = [...Totals.clustered, ...Sheets.clustered];
  static readonly indices = `
    CREATE INDEX IF NOT EXISTS movements_by_happened ON movements (happened);
    CREATE INDEX IF NOT EXISTS movements_by_reported ON movements (reported);
    CREATE INDEX IF NOT EXISTS movements_by_stream ON movements (stream);
  `;

  private readonly accounts: Codes<keyof Account, OpenAccount>;
  private readonly lines: Codes<keyof Line, { readonly id: number }>;
  private readonly cells: Codes<'destination' | 'item' | 'bucket', { readonly id: number }>;
  private readonly streams: Streams;
  private readonly balances: BalanceRows;
  private readonly daily: Totals;
  private readonly sheets: Sheets;
  private readonly holders: Holders;
  private readonly insertMovement: StatementSync;
  private readonly selectHoldings: StatementSync;
  private readonly selectDrawnOn: StatementSync;
  private readonly selectReceived: StatementSync;
  /** True between the beginning and the end of a page: rows wait. */
  private inPage = false;
  /** Totals per destination, item and bucket that are not zero, in no particular order. */
  readonly totals: (asOf: AsOf) => Total[];
  /** Holdings as they stood. */
  readonly holdingsAsOf: (asOf: AsOf, which: Which) => Holding[];
  /** Movements with their accounts and dates. */
  readonly movements: (asOf: AsOf, which: WhichMovements) => MovementRow[];
  /** What has to be added to the totals of one pair of dates to make those of another. */
  readonly changes: (from: AsOf, to: AsOf, which: WhichChanges) => Changes;
  /** Asks several of these of one state of the books, also beside another process that writes. */
  readonly steady: <T>(read: () => T) => T;

  constructor(db: DatabaseSync) {
    this.accounts = new Codes(
      db,
      'accounts',
      ['bucket', 'destination', 'cause', 'holder'],
      (id) => new OpenAccount(id),
    );
    this.lines = new Codes(db, 'lines', ['item', 'donation', 'lot'], (id) => ({ id }));
    this.cells = new Codes(db, 'cells', ['destination', 'bucket', 'item'], (id) => ({ id }));
    this.streams = Streams.of(db);
    this.insertMovement = db.prepare(
      `INSERT INTO movements (position, about, stream, from_account, to_account, line, quantity, from_cell, to_cell,
        happened, reported, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.balances = new BalanceRows(db);
    this.daily = new Totals(db);
    this.sheets = new Sheets(db);
    this.holders = new Holders({
      drawnOn: (holder) => (this.selectDrawnOn.all(holder) as unknown as HoldingRow[]).map(heldOf),
      other: (bucket, holder) => this.holdings(bucket, holder),
      write: () => this.write(),
    });
    this.selectHoldings = db.prepare(`${HOLDINGS} AND a.bucket = ?`);
    this.selectDrawnOn = db.prepare(`${HOLDINGS} AND a.bucket IN (${DRAWN_ON.map((bucket) => `'${bucket}'`).join()})`);
    this.selectReceived = db.prepare(
      `WITH flows AS (
        SELECT to_account AS account, line, quantity FROM movements
          WHERE stream = (SELECT id FROM streams WHERE name = :stream)
        UNION ALL
        SELECT from_account, line, -quantity FROM movements
          WHERE stream = (SELECT id FROM streams WHERE name = :stream))
       SELECT a.bucket, a.holder, a.destination, a.cause, l.item, l.donation, l.lot, sum(f.quantity) AS quantity
       FROM flows f JOIN accounts a ON a.id = f.account JOIN lines l ON l.id = f.line
       WHERE a.bucket = 'atHub' AND a.holder = :hub GROUP BY a.id, l.id HAVING sum(f.quantity) > 0`,
    );
    this.totals = totalsAsOf(db);
    this.holdingsAsOf = holdingsAsOf(db);
    this.movements = movementRows(db);
    this.changes = changesBetween(db);
    this.steady = steady(db);
  }

  beginPage(): void {
    this.inPage = true;
  }

  apply({ entry, history }: Delivered): void {
    const [reported, recorded] = [instant(entry.reportedAt), instant(entry.recordedAt)];
    for (const { movement, happenedAt, about } of this.moved(entry, history)) {
      this.post(movement, about, entry, [instant(happenedAt), reported, recorded]);
    }
    if (!this.inPage) this.write();
  }

  endPage(): void {
    this.write();
    this.holders.rest();
    this.inPage = false;
  }

  forgetRows(): void {
    for (const codes of [this.accounts, this.lines, this.cells]) codes.forget();
    for (const rows of [this.streams, this.balances, this.daily, this.sheets, this.holders]) rows.forget();
    this.inPage = false;
  }

  /** What a holder holds in a bucket now. */
  holdings(bucket: Bucket, holder: string): Holding[] {
    return inOrder((this.selectHoldings.all(holder, bucket) as unknown as HoldingRow[]).map(holdingOf));
  }

  /** What a consignment brought into the stock of a hub, by the earmark it came in with. */
  receivedWith(consignment: string, hub: string): Holding[] {
    return (this.selectReceived.all({ stream: `consignment-${consignment}`, hub }) as unknown as HoldingRow[]).map(
      holdingOf,
    );
  }

  private moved(entry: Recorded, history: readonly Recorded[] = []): Dated[] {
    if (isCorrection<Fact>(entry)) return movementsOfCorrection(history);
    const { movements } = movementsOf(entry as Recorded<GoodsFact>, this.holders);
    return movements.map((movement) => ({ movement, happenedAt: entry.happenedAt, about: entry.position }));
  }

  private post(movement: Movement, about: number, { position, stream }: Recorded, times: Times): void {
    const { from, to, quantity, item, donation, lot } = movement;
    const [happened, reported, recorded] = times;
    const [gives, takes] = [this.accounts.of(from), this.accounts.of(to)];
    const line = this.lines.of(movement).id;
    const [fromCell, toCell] = [this.cellOf(gives, from, item), this.cellOf(takes, to, item)];
    this.insertMovement.run(
      position,
      about,
      this.streams.number(stream),
      gives.id,
      takes.id,
      line,
      quantity,
      fromCell,
      toCell,
      happened,
      reported,
      recorded,
    );
    this.balances.add(gives, line, -quantity);
    this.balances.add(takes, line, quantity);
    this.holders.add({ account: gives.id, line, holding: { account: from, item, donation, lot, quantity: -quantity } });
    this.holders.add({ account: takes.id, line, holding: { account: to, item, donation, lot, quantity } });
    const day = this.daily.ofDays(dayOf(happened), dayOf(reported));
    if (fromCell !== UNREPORTED) addTo(day, fromCell, -quantity);
    if (toCell !== UNREPORTED) addTo(day, toCell, quantity);
    this.sheets.add(happened, reported, fromCell, toCell, quantity);
  }

  private write(): void {
    for (const rows of [this.balances, this.daily, this.sheets]) rows.write();
  }

  private cellOf(open: OpenAccount, { bucket, destination }: Account, item: string): number {
    if (bucket === 'donor' || bucket === 'promised') return UNREPORTED;
    if (open.item !== item) {
      open.cell = this.cells.of({ destination, item, bucket }).id;
      open.item = item;
    }
    return open.cell;
  }
}

function heldOf(row: HoldingRow): Held {
  return { account: row.account, line: row.line, holding: holdingOf(row) };
}

function holdingOf({ bucket, holder, destination, cause, item, donation, lot, quantity }: HoldingRow): Holding {
  return { account: { bucket, holder, destination, cause }, item, donation, lot, quantity };
}
