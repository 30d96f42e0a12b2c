// test support: facts put straight into a log, past every rule, and the reports that are asked of it.
import 'reflect-metadata';
import fc from 'fast-check';
import { openFor } from '../../src/open-for.js';
import { CatalogueView } from '../../src/catalogue/catalogue.view.js';
import { GoodsLedgerView } from '../../src/goods-ledger/goods-ledger.view.js';
import { NO_STREAM } from '../../src/kernel/event-store.js';
import { eventId } from '../../src/kernel/identifiers.js';
import type { Fact, Recorded } from '../../src/kernel/recorded.js';
import type { ReportQuery } from '../../src/nest/report.answers.js';
import type { ReportDefinition, Sources } from '../../src/nest/report.definition.js';
import { valid } from '../../src/nest/validate.js';
import type { Stores } from '../../src/store/stores.js';

export interface Dates {
  readonly happenedAt: string;
  /** When it happened, unless it is said. */
  readonly reportedAt?: string;
}

/** A log that takes any fact, with the views behind it. */
export class AnyLog {
  private constructor(private readonly stores: Stores) {}

  /** Knows Italy, Slovenia, Belgium, masks and ventilators. */
  static async open(): Promise<AnyLog> {
    const log = new AnyLog(await openFor({ kind: 'memory' }));
    const dates = { happenedAt: '2020-01-01' };
    for (const place of ['IT', 'SI', 'BE']) {
      const data = { place, name: place, kind: 'country', country: place, regions: ['Europe'] };
      await log.say(`catalogue-place-${place}`, { type: 'PlaceRegistered', data }, dates);
    }
    for (const item of ['MASK', 'VENTILATOR']) {
      const data = { item, name: item, unit: 'piece', packs: [] };
      await log.say(`catalogue-item-${item}`, { type: 'ItemRegistered', data }, dates);
    }
    return log;
  }

  async say(stream: string, fact: Fact, { happenedAt, reportedAt = happenedAt }: Dates): Promise<Recorded> {
    const before = await this.stores.log.readStream(stream);
    const commandId = `${stream} ${before.length}`;
    const about = { actor: { id: 'u-17', role: 'logistician' }, channel: 'api' as const, commandId, fingerprint: '' };
    const event = { ...fact, ...about, id: eventId(stream, commandId, 0), schema: 1, happenedAt, reportedAt };
    const ids = { correlationId: commandId, causationId: commandId };
    await this.stores.log.append(stream, before.at(-1)?.version ?? NO_STREAM, [{ ...event, ...ids }]);
    return (await this.stores.log.readStream(stream)).at(-1)!;
  }

  readStream(stream: string): Promise<Recorded[]> {
    return this.stores.log.readStream(stream);
  }

  get ledger(): GoodsLedgerView {
    return this.stores.views.view(GoodsLedgerView);
  }

  /** What HTTP would answer as JSON. */
  async ask<Q extends ReportQuery, Row, Answer>(report: ReportDefinition<Q, Row>, query: object): Promise<Answer> {
    return JSON.parse(JSON.stringify((await this.asked(report, query)).report)) as Answer;
  }

  async asked<Q extends ReportQuery, Row>(definition: ReportDefinition<Q, Row>, query: object) {
    const { log, projector, views } = this.stores;
    await projector.catchUp();
    const sources = {
      log,
      checkpoint: projector.checkpoint,
      ledger: this.ledger,
      catalogue: views.view(CatalogueView),
    };
    return definition.ask(valid(definition.query, query), sources as unknown as Sources);
  }

  close(): Promise<void> {
    return this.stores.close();
  }
}

const KINDS = [
  'pledge',
  'dispatch',
  'dispatch',
  'receive',
  'deliver',
  'deliver',
  'lose',
  'allocate',
  'void',
  'void',
  'restate',
  'restate',
] as const;

/** One thing that somebody says; `which` picks the stream and the entry to be corrected. */
export interface Said {
  readonly kind: (typeof KINDS)[number];
  readonly which: number;
  readonly item: string;
  readonly lot: string;
  readonly destination: string;
  readonly quantity: number;
  readonly happenedAt: string;
  readonly reportedAt: string;
}

const FIRST_DAY = Date.parse('2020-03-01T00:00:00Z');
const HOUR = 3_600_000;

/** Whole days and instants of one week, their edges more often than not. */
export const moments: fc.Arbitrary<string> = fc
  .tuple(fc.nat(6), fc.constantFrom('', '', 'T00:00Z', 'T23:59:59.999Z', 'T12:00Z', 'T00:30+02:00'))
  .map(([day, time]) => new Date(FIRST_DAY + day * 24 * HOUR).toISOString().slice(0, 10) + time);

export const sayings: fc.Arbitrary<Said[]> = fc.array(
  fc.record<Said>({
    kind: fc.constantFrom(...KINDS),
    which: fc.nat(20),
    item: fc.constantFrom('MASK', 'MASK', 'VENTILATOR'),
    lot: fc.constantFrom('', '', 'L1'),
    destination: fc.constantFrom('IT', 'IT', 'SI', 'BE+IT', 'undecided'),
    quantity: fc.integer({ min: 1, max: 30 }),
    happenedAt: moments,
    reportedAt: moments,
  }),
  { minLength: 1, maxLength: 25 },
);

/** A log in which all of it was said. */
export async function logOf(said: readonly Said[]): Promise<AnyLog> {
  const log = await AnyLog.open();
  for (const each of said) await tell(log, each);
  return log;
}

async function tell(log: AnyLog, said: Said): Promise<void> {
  const stream = streamOf(said);
  const entries = await log.readStream(stream);
  const wrong = entries[said.which % (entries.length || 1)];
  const fact = said.kind === 'void' || said.kind === 'restate' ? wrong && correctionOf(wrong, said) : factOf(said);
  if (fact) await log.say(stream, fact, said);
}

/** `did_not_occur`, or with another quantity on another day; a restated correction says so of what it corrects. */
function correctionOf(wrong: Recorded, { kind, quantity, happenedAt }: Said): Fact {
  const data = { wrongEventId: wrong.id, reason: 'did_not_occur', note: 'The carrier says so.' };
  if (kind === 'void') return { type: 'EntryCorrected', data };
  const { restated, ...before } = wrong.data as { restated?: { fact: Fact } };
  const fact =
    wrong.type === 'EntryCorrected'
      ? {
          type: wrong.type,
          data: { ...before, ...(restated && { restated: again(restated.fact, quantity, happenedAt) }) },
        }
      : requantified(wrong, quantity);
  return {
    type: 'EntryCorrected',
    data: { ...data, reason: 'incorrect_data', restated: { happenedAt, schema: 1, fact } },
  };
}

function again(fact: Fact, quantity: number, happenedAt: string) {
  return { happenedAt, schema: 1, fact: fact.type === 'EntryCorrected' ? fact : requantified(fact, quantity) };
}

function requantified({ type, data }: Fact, quantity: number): Fact {
  const { lines } = data as { lines: Record<string, unknown>[] };
  const counts = ['quantity', 'good', 'accepted'];
  const restated = lines.map((line) =>
    Object.fromEntries(
      Object.entries(line).map(([field, value]) => [field, counts.includes(field) ? quantity : value]),
    ),
  );
  return { type, data: { ...data, lines: restated } };
}

function streamOf({ kind, which }: Said): string {
  const consignment = `consignment-C${which % 2}`;
  if (kind === 'pledge') return 'donation-D-1';
  if (kind === 'allocate') return 'hub-BELGG';
  if (kind === 'void' || kind === 'restate') return [consignment, consignment, 'donation-D-1', 'hub-BELGG'][which % 4]!;
  return consignment;
}

function factOf({ kind, which, item, lot, destination, quantity }: Said): Fact | undefined {
  const consignment = `C${which % 2}`;
  const line = { item, donation: 'D-1', lot };
  const pieces = { ...line, quantity };
  switch (kind) {
    case 'pledge':
      return {
        type: which % 3 ? 'PledgeAmended' : 'DonationPledged',
        data: { donation: 'D-1', donor: 'JMF', lines: [{ item, destination, quantity }] },
      };
    case 'dispatch': {
      const from = which % 3 ? { from: 'CNPVG', fromHub: false } : { from: 'BELGG', fromHub: true };
      const lines = [{ ...pieces, destination }];
      return {
        type: 'ConsignmentDispatched',
        data: { consignment, ...from, to: 'BELGG', country: 'BE', transport: {}, lines },
      };
    }
    case 'receive': {
      const lines = [{ ...line, good: quantity, damaged: which % 4 }];
      return { type: 'GoodsReceived', data: { consignment, hub: 'BELGG', complete: which % 2 === 0, lines } };
    }
    case 'deliver': {
      const lines = [{ ...line, accepted: quantity, rejected: which % 3 }];
      const proof = which % 2 ? 'confirmed' : 'reported';
      return { type: 'GoodsDelivered', data: { consignment, country: 'IT', recipient: 'ITALY-CP', proof, lines } };
    }
    case 'lose':
      return { type: 'GoodsLost', data: { consignment, cause: 'stolen', lines: [pieces] } };
    case 'allocate':
      return {
        type: 'StockAllocated',
        data: { hub: 'BELGG', lines: [{ ...pieces, from: 'undecided', to: destination }] },
      };
    default:
      return undefined;
  }
}
