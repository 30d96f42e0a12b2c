// audit: recomputes everything from the log and holds it against what is served.
import { DatabaseSync } from 'node:sqlite';
import { balanceRows, ledgerSums, negativeBalances, totalRows, type LedgerRow } from '../goods-ledger/ledger-rows.js';
import { movementsOfStream } from '../goods-ledger/corrected.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { isCorrection } from '../kernel/corrections.js';
import { withHistory, type Delivered } from '../kernel/projector.js';
import type { Recorded } from '../kernel/recorded.js';
import type { DamagedLog } from '../store/damaged-log.js';
import { faultsOfLog } from '../store/log-faults.js';
import type { Stores } from '../store/stores.js';
import { NamedAttachments } from './attached.js';
import { DispatchedByFacts } from './dispatched.js';
import { brokenInFile } from './log-file.js';
import { LogOrder } from './log-order.js';

/** One thing that must hold: how often it was checked and where it does not. */
export interface Finding {
  readonly law: string;
  readonly checked: number;
  readonly broken: readonly string[];
}

export interface Verdict {
  readonly findings: readonly Finding[];
  /** Balances that are negative because facts contradict each other: allowed, and to be explained by somebody. */
  readonly exceptions: readonly string[];
  readonly position: number;
  readonly events: number;
}

const PAGE = 1_000;
const BROKEN_SHOWN = 20;
const WHOLE = 'The file of the log is whole.';

/** Checks the six laws of the goods ledger, the order of the log and its attachments. The views must have caught up. */
export async function verify(stores: Stores, onProgress?: (events: number) => void): Promise<Verdict> {
  const { db } = stores.views;
  // Another process may go on recording: every question to the views is about this moment.
  db.exec('SAVEPOINT verifying');
  try {
    return await verdictOn(stores, onProgress);
  } finally {
    db.exec('RELEASE verifying');
  }
}

async function verdictOn(
  { log, views, projector, attachments }: Stores,
  onProgress?: (events: number) => void,
): Promise<Verdict> {
  const { position, events } = projector.checkpoint;
  const replayed = ledger();
  const shuffled = ledger();
  const order = new LogOrder();
  const dispatched = new DispatchedByFacts();
  const named = new NamedAttachments();
  const restored: string[] = [];
  let corrections = 0;
  let read = 0;
  for (let after = 0; after < position;) {
    const entries = (await log.readAll(after, PAGE)).filter((entry) => entry.position <= position);
    if (entries.length === 0) break;
    const page = await Promise.all(entries.map((entry) => withHistory(log, entry)));
    for (const entry of entries) {
      order.next(entry);
      named.next(entry);
    }
    apply(replayed, page);
    apply(shuffled, streamByStream(page));
    page.forEach((delivered) => dispatched.next(delivered));
    for (const { entry, history } of page.filter(({ history }) => history)) {
      corrections++;
      if (!restores(history!)) restored.push(`the correction at position ${entry.position} cannot be undone`);
    }
    after = entries.at(-1)!.position;
    onProgress?.((read += entries.length));
  }
  const live = views.db;
  const sums = ledgerSums(live);
  const balances = balanceRows(live);
  return {
    ...{ position, events },
    exceptions: negativeBalances(live),
    findings: [
      finding(WHOLE, read, brokenInFile(views)),
      finding('The log is in order: versions without gaps, positions and recording times rising.', read, order.faults),
      finding(
        '1. Every item, donation and lot sums to zero over all accounts.',
        sums.length,
        sums.filter(({ quantity }) => quantity !== 0).map(text),
      ),
      finding('2. Only donors are negative; every other negative balance is listed below.', balances.length, []),
      finding(
        '3. Dispatched equals what is under way, received, delivered, rejected, damaged, lost, returned and unexplained.',
        ...dispatched.against(live),
      ),
      finding('4. Balances and totals rebuilt from the first event equal the served ones.', balances.length, [
        ...differences(balances, balanceRows(replayed.db)),
        ...differences(totalRows(live), totalRows(replayed.db)),
      ]),
      finding(
        '5. Another order of unrelated events gives the same balances.',
        balances.length,
        differences(balances, balanceRows(shuffled.db)),
      ),
      finding('6. Undoing a correction restores every balance.', corrections, restored),
      finding('Every attachment is there with the bytes it had.', ...(await named.against(attachments))),
    ],
  };
}

export function isClean({ findings }: Verdict): boolean {
  return findings.every(({ broken }) => broken.length === 0);
}

/** The verdict on a log that cannot be read as a whole: everything that is damaged in its file. */
export function verdictOnFile(file: string, found: DamagedLog): Verdict {
  const { read, faults } = faultsOfLog(file);
  const broken = [...new Set([...faults, found.fault])];
  return { events: read, position: read, exceptions: [], findings: [finding(WHOLE, read, broken)] };
}

function finding(law: string, checked: number, broken: readonly string[]): Finding {
  const more = broken.length > BROKEN_SHOWN ? [`… and ${broken.length - BROKEN_SHOWN} more`] : [];
  return { law, checked, broken: [...broken.slice(0, BROKEN_SHOWN), ...more] };
}

function ledger(): { db: DatabaseSync; view: GoodsLedgerView } {
  const db = new DatabaseSync('');
  db.exec(`PRAGMA journal_mode = OFF; ${GoodsLedgerView.tables}`);
  return { db, view: new GoodsLedgerView(db) };
}

function apply({ db, view }: ReturnType<typeof ledger>, page: readonly Delivered[]): void {
  db.exec('BEGIN');
  for (const delivered of page) view.apply(delivered);
  db.exec('COMMIT');
}

/** The page in an order that mixes streams differently and keeps each stream's own. */
function streamByStream(page: readonly Delivered[]): Delivered[] {
  return [...page].sort((a, b) => (a.entry.stream < b.entry.stream ? 1 : a.entry.stream > b.entry.stream ? -1 : 0));
}

/** True when a correction of the last correction would bring the movements back to what they were. */
function restores(history: readonly Recorded[]): boolean {
  const last = history.at(-1)!;
  if (!isCorrection(last)) return true;
  const data = { wrongEventId: last.id, reason: 'did_not_occur' as const, note: '' };
  const undo = { ...last, id: 'undo', version: last.version + 1, data } as Recorded;
  const before = JSON.stringify(movementsOfStream(history.slice(0, -1)));
  return JSON.stringify(movementsOfStream([...history, undo])) === before;
}

function differences(served: readonly LedgerRow[], computed: readonly LedgerRow[]): string[] {
  const expected = new Map(computed.map(({ key, quantity }) => [key, quantity]));
  const wrong = served.flatMap(({ key, quantity }) => {
    const right = expected.get(key) ?? 0;
    expected.delete(key);
    return right === quantity ? [] : [`${key} is ${quantity}, the log says ${right}`];
  });
  return [
    ...wrong,
    ...[...expected]
      .filter(([, quantity]) => quantity !== 0)
      .map(([key, right]) => `${key} is missing, the log says ${right}`),
  ];
}

function text({ key, quantity }: LedgerRow): string {
  return `${key} sums to ${quantity}`;
}
