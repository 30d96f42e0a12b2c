// audit: recomputes everything from the log and holds it against what is served.
import type { DatabaseSync } from 'node:sqlite';
import { balanceRows, ledgerSums, negativeBalances, totalRows, type LedgerRow } from '../goods-ledger/ledger-rows.js';
import type { DamagedLog } from '../store/damaged-log.js';
import { faultsOfLog } from '../store/log-faults.js';
import type { Stores } from '../store/stores.js';
import { digestOf } from './digest.js';
import { brokenInFile } from './log-file.js';
import { askNodes, NodesChecked } from './nodes.js';
import { Replay } from './replay.js';

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
  /** Dates of recording that go back, in a log that several servers date: their clocks differ. */
  readonly clocks: readonly string[];
  readonly position: number;
  readonly events: number;
}

export interface VerifyOptions {
  /** Addresses of nodes that serve the same log, such as http://node-2:3000. */
  readonly nodes?: readonly string[];
  readonly onProgress?: (events: number) => void;
}

const BROKEN_SHOWN = 20;
const WHOLE = 'The file of the log is whole.';

/**
 * Checks the six laws of the goods ledger, the order of the log, its attachments, and what other nodes serve. The views
 * must have caught up; they stand still meanwhile.
 */
export function verify(stores: Stores, options: VerifyOptions = {}): Promise<Verdict> {
  // Also beside a process that writes them, everything is read of one state.
  return stores.projector.still(() => stores.views.steadily(() => verdict(stores, options)));
}

async function verdict(
  { log, views, attachments }: Stores,
  { nodes = [], onProgress }: VerifyOptions,
): Promise<Verdict> {
  const { position, events } = views.checkpoint();
  const checked = new NodesChecked(await askNodes(nodes, position), log.identity());
  const replay = new Replay(log);
  const live = views.db;
  const sums = ledgerSums(live);
  const balances = balanceRows(live);
  await replay.upTo(position, onProgress);
  const { order, books, shuffled, dispatched, corrections, read } = replay;
  const findings = [
    finding(WHOLE, read, brokenInFile(views)),
    finding(
      'The log is in order: versions without gaps, positions and recording times rising.',
      read,
      log.datesRise ? [...order.faults, ...order.dates] : order.faults,
    ),
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
      ...differences(balances, balanceRows(books.db)),
      ...differences(totalRows(live), totalRows(books.db)),
    ]),
    finding(
      '5. Another order of unrelated events gives the same balances.',
      balances.length,
      differences(balances, balanceRows(shuffled.db)),
    ),
    finding('6. Undoing a correction restores every balance.', corrections, [...replay.stuck]),
    finding('Every attachment is there with the bytes it had.', ...(await replay.named.against(attachments))),
  ];
  await judge(checked, replay, books.db, position);
  if (nodes.length > 0) findings.push(finding('Every node serves what the log says.', nodes.length, checked.broken));
  const clocks = log.datesRise ? [] : order.dates;
  return { position, events, exceptions: negativeBalances(live), clocks, findings };
}

/** Nodes go on while this is checked: each is judged where it stood. */
async function judge(checked: NodesChecked, replay: Replay, books: DatabaseSync, position: number): Promise<void> {
  for (let at = position; ; at = checked.next) {
    await replay.upTo(at);
    checked.judge(at, replay.read, () => digestOf(books));
    if (checked.next === Infinity) return;
  }
}

export function isClean({ findings }: Verdict): boolean {
  return findings.every(({ broken }) => broken.length === 0);
}

/** The verdict on a log that cannot be read as a whole: everything that is damaged in its file. */
export function verdictOnFile(file: string, found: DamagedLog): Verdict {
  const { read, faults } = faultsOfLog(file);
  const broken = [...new Set([...faults, found.fault])];
  return { events: read, position: read, exceptions: [], clocks: [], findings: [finding(WHOLE, read, broken)] };
}

function finding(law: string, checked: number, broken: readonly string[]): Finding {
  const more = broken.length > BROKEN_SHOWN ? [`… and ${broken.length - BROKEN_SHOWN} more`] : [];
  return { law, checked, broken: [...broken.slice(0, BROKEN_SHOWN), ...more] };
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
