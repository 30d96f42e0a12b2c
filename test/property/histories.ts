// property tests: random histories, told through the real clerk. What the rules refuse is left out, as in life.
import fc from 'fast-check';
import { isCorrection } from '../../src/kernel/corrections.js';
import { Contradicts, ReliefError } from '../../src/kernel/errors.js';
import type { Fact, Recorded } from '../../src/kernel/recorded.js';
import type { Answer } from '../../src/kernel/transact.js';
import { Office } from '../support/office.js';

const HOUR = 3_600_000;

const VERBS = [
  ...['pledge', 'amend', 'cancel', 'dispatch', 'dispatch', 'dispatch', 'forward', 'forward', 'arrive', 'describe'],
  ...['giveBack', 'count', 'count', 'writeOff', 'close', 'hold', 'clear', 'stop', 'free'],
  ...['receive', 'receive', 'receive', 'receive', 'deliver', 'deliver', 'deliver', 'lose', 'lose', 'find', 'find'],
  ...[
    'allocate',
    'allocate',
    'release',
    'release',
    'void',
    'void',
    'restate',
    'restate',
    'voidCorrection',
    'restateCorrection',
  ],
] as const;
type Verb = (typeof VERBS)[number];

/** One thing somebody says; what it is about is picked from what there is when it is said. */
export interface Step {
  readonly verb: Verb;
  readonly which: number;
  readonly item: 'MASK' | 'VENTILATOR';
  readonly donation: 'JMF-1' | 'ALIBABA-1';
  readonly to: string;
  readonly hub: 'BELGG' | 'ETADD';
  readonly lot: 'L1' | 'L2' | undefined;
  readonly quantity: number;
  readonly rest: number;
  readonly yes: boolean;
  /** Says it again, with a note, when the books disagree. */
  readonly insists: boolean;
  /** Days before today that it happened. */
  readonly daysAgo: number;
  /** Days before today that it was reported; undefined when it is reported as it is said. */
  readonly reportedAgo: number | undefined;
}

/** Histories; with `imports`, some things were reported before they were recorded. */
export function histories({ imports }: { imports: boolean }): fc.Arbitrary<Step[]> {
  const step = fc.record<Step>({
    verb: fc.constantFrom(...VERBS),
    which: fc.nat(20),
    item: fc.constantFrom('MASK', 'MASK', 'VENTILATOR'),
    donation: fc.constantFrom('JMF-1', 'JMF-1', 'ALIBABA-1'),
    to: fc.constantFrom('IT', 'IT', 'SI', 'IT+SI', 'Europe', 'undecided'),
    hub: fc.constantFrom('BELGG', 'BELGG', 'ETADD'),
    lot: fc.constantFrom(undefined, undefined, 'L1', 'L2'),
    quantity: fc.integer({ min: 1, max: 20 }),
    rest: fc.integer({ min: 0, max: 5 }),
    yes: fc.boolean(),
    insists: fc.boolean(),
    daysAgo: fc.integer({ min: 0, max: 4 }),
    reportedAgo: imports ? fc.constantFrom(undefined, undefined, 1, 3) : fc.constant(undefined),
  });
  return fc.array(step, { minLength: 5, maxLength: 45, size: 'max' });
}

const CATALOGUE: readonly [string, object][] = [
  ...['MASK', 'VENTILATOR'].map((item) => ['RegisterItem', { item, name: item, unit: 'piece' }] as [string, object]),
  ...[
    { place: 'CNHGH', name: 'Hangzhou airport', kind: 'airport', country: 'CN' },
    { place: 'BELGG', name: 'Liege airport', kind: 'hub', country: 'BE' },
    { place: 'ETADD', name: 'Addis Ababa airport', kind: 'hub', country: 'ET' },
    ...['IT', 'SI'].map((place) => ({ place, name: place, kind: 'country', country: place, regions: ['Europe'] })),
  ].map((place) => ['RegisterPlace', place] as [string, object]),
  ...['JMF', 'ALIBABA', 'IT-REDCROSS'].map(
    (organisation) => ['RegisterOrganisation', { organisation, name: organisation }] as [string, object],
  ),
];

type Body = Record<string, unknown>;

const happenedAt = '2020-03-01';
const undecided = { item: 'MASK', quantity: 100, destination: 'undecided' };

/** Two gifts, and one consignment that Liege has counted in part: there is stock to decide about. */
const OPENING: readonly [string, Body][] = [
  ['PledgeDonation', { happenedAt, donation: 'JMF-1', donor: 'JMF', lines: [undecided] }],
  ['PledgeDonation', { happenedAt, donation: 'ALIBABA-1', donor: 'ALIBABA', lines: [undecided] }],
  [
    'DispatchConsignment',
    {
      ...{ happenedAt, consignment: 'C-0', from: 'CNHGH', to: 'BELGG' },
      lines: [
        { item: 'MASK', donation: 'JMF-1', quantity: 30 },
        { item: 'MASK', donation: 'ALIBABA-1', quantity: 20, lot: 'L1', destination: 'IT' },
        { item: 'VENTILATOR', donation: 'JMF-1', quantity: 20 },
      ],
    },
  ],
  [
    'RecordReceipt',
    {
      ...{ happenedAt, consignment: 'C-0', hub: 'BELGG', complete: false },
      lines: [
        { item: 'MASK', donation: 'JMF-1', good: 20, damaged: 1 },
        { item: 'MASK', donation: 'ALIBABA-1', good: 15 },
        { item: 'VENTILATOR', good: 10 },
      ],
    },
  ],
];

/** A history being told: an office, and what was said in it. */
export class Story {
  readonly office = new Office();
  /** The command that made each entry, for stating it differently. */
  private readonly commands = new Map<string, { name: string; body: Body }>();
  private readonly consignments = ['C-0'];

  static async begin(): Promise<Story> {
    const story = new Story();
    for (const [name, body] of CATALOGUE) await story.office.record(name, { happenedAt: '2020-03-01', ...body });
    for (const [name, body] of OPENING) {
      story.remember(name, body, await story.office.record(name, body));
    }
    return story;
  }

  /** Tells the whole history; `after` looks in behind each step. */
  static async tell(steps: readonly Step[], after?: (story: Story) => Promise<void>): Promise<Story> {
    const story = await Story.begin();
    for (const step of steps) {
      await story.take(step);
      await after?.(story);
    }
    await story.office.projector.catchUp();
    return story;
  }

  /** The whole log. */
  entries(): Promise<Recorded[]> {
    return this.office.log.readAll(0, 10_000);
  }

  /** Corrects an entry: did not occur, or read like `step`. Nothing when the rules refuse or nothing changes. */
  async correct({ id, stream }: Recorded, step: Step, reason: 'did_not_occur' | 'incorrect_data') {
    const [room, ...rest] = stream.split('-') as [string, ...string[]];
    const about = { [room]: rest.join('-'), event: id, reason, note: 'typing error' };
    const restated = reason === 'incorrect_data' ? await this.restated(id, step) : undefined;
    if (reason === 'incorrect_data' && !restated) return undefined;
    const name = `Correct${room[0]!.toUpperCase()}${room.slice(1)}Entry`;
    const answer = await this.say(step, name, { ...about, ...(restated && { restated }) });
    return answer?.repeated ? undefined : answer;
  }

  close(): Promise<void> {
    return this.office.close();
  }

  private async take(step: Step): Promise<void> {
    this.office.clock.advance(HOUR);
    const [name, body] = this.command(step) ?? [];
    if (name && body) await this.say(step, name, body);
    else await this.correctSomething(step);
  }

  private command(step: Step): [string, Body] | undefined {
    const { verb, which, item, donation, to, hub, lot, quantity, rest, yes } = step;
    const consignment = this.consignment(which);
    const goods = { item, donation, ...(lot && { lot }) };
    const line = { ...goods, quantity };
    switch (verb) {
      case 'pledge':
        return [
          'PledgeDonation',
          { donation: `GIFT-${which % 3}`, donor: 'JMF', lines: [{ item, quantity, destination: to }] },
        ];
      case 'amend':
        return [
          'AmendPledge',
          {
            donation,
            lines: [
              { item, quantity, destination: to },
              { item, quantity: 1 + rest, destination: 'IT' },
            ],
          },
        ];
      case 'cancel':
        return ['CancelPledge', { donation: `GIFT-${which % 3}` }];
      case 'dispatch': {
        const lines = [
          { ...line, destination: to },
          { ...line, quantity: 1 + rest, lot: yes ? 'L2' : 'L1' },
        ];
        return ['DispatchConsignment', { consignment: this.number(which), from: 'CNHGH', to: yes ? 'IT' : hub, lines }];
      }
      case 'forward': {
        const lines = [
          {
            item,
            quantity: 1 + rest,
            ...(yes && { donation }),
            ...(lot && { lot }),
            ...(which % 2 && { destination: to }),
          },
        ];
        return ['DispatchConsignment', { consignment: this.number(which), from: hub, to: 'IT', lines }];
      }
      case 'arrive':
        return ['RecordArrival', { consignment, place: hub }];
      case 'receive':
        return [
          'RecordReceipt',
          { consignment, hub, complete: yes, lines: [{ ...goods, good: quantity - 1, damaged: rest }] },
        ];
      case 'deliver': {
        const proof = yes ? 'confirmed' : 'reported';
        const pod = which % 3 ? {} : { pod: `POD-${which}` };
        const lines = [{ ...goods, accepted: quantity - 1, rejected: rest }];
        return [
          'RecordDelivery',
          { consignment, recipient: 'IT-REDCROSS', proof, country: to.length === 2 ? to : 'IT', ...pod, lines },
        ];
      }
      case 'lose':
        return [
          'RecordLoss',
          { consignment, cause: yes ? 'stolen' : 'damaged', lines: [{ ...line, quantity: 1 + rest }] },
        ];
      case 'find':
        return ['RecordFound', { consignment, ...(yes && { hub }), lines: [{ ...line, quantity: 1 + rest }] }];
      case 'allocate':
        return [
          'AllocateStock',
          { hub, item, quantity: 1 + rest, to, ...(yes && { from: 'undecided' }), ...(lot && { lot }) },
        ];
      case 'release':
        return ['ReleaseAllocation', { hub, item, quantity: 1 + rest, from: 'IT', ...(yes && { to }) }];
      case 'giveBack':
        return ['RecordReturn', { consignment, ...(yes && { hub }), lines: [{ ...line, quantity: 1 + rest }] }];
      case 'count':
        return [
          'CountStock',
          { hub, lines: [{ item, counted: quantity, ...(yes && { donation }), ...(lot && { lot }) }] },
        ];
      case 'writeOff': {
        const outOf = (['stock', 'damaged', 'unexplained'] as const)[which % 3];
        return ['WriteOffStock', { hub, item, quantity: 1 + rest, outOf, cause: 'destroyed' }];
      }
      case 'close':
        return ['CloseConsignment', { consignment }];
      case 'hold':
        return ['RecordCustomsHold', { consignment, place: hub, reason: 'papers' }];
      case 'clear':
        return ['RecordCustomsClearance', { consignment, place: hub }];
      case 'stop':
        return [yes ? 'HoldLot' : 'RecallLot', { item, lot: lot ?? 'L1', reason: 'filter' }];
      case 'free':
        return ['ReleaseLot', { item, lot: lot ?? 'L1' }];
      case 'describe':
        return ['AmendItem', { item, name: `${item} of ${quantity}`, unit: 'piece' }];
      case 'void':
      case 'restate':
      case 'voidCorrection':
      case 'restateCorrection':
        return undefined;
    }
  }

  private async correctSomething(step: Step): Promise<void> {
    const { verb, which } = step;
    const entries = (await this.entries()).filter(({ stream }) => !/^(catalogue|lot)-/.test(stream));
    const corrections = entries.filter((entry) => isCorrection<Fact>(entry));
    const candidates = verb.endsWith('Correction') ? corrections : entries;
    if (candidates.length === 0) return;
    const entry = candidates[candidates.length - 1 - (which % candidates.length)]!;
    await this.correct(entry, step, verb.startsWith('void') ? 'did_not_occur' : 'incorrect_data');
  }

  /** The command behind an entry, or behind the entry it corrects, with other quantities. */
  private async restated(id: string, { quantity, rest, item }: Step) {
    const command = this.commands.get(id) ?? this.commands.get(await this.rootOf(id));
    if (!command) return undefined;
    const { contradiction: _confirmed, ...body } = structuredClone(command.body);
    if ('quantity' in body) body['quantity'] = 1 + rest;
    for (const line of (body['lines'] ?? []) as Body[]) {
      if ('quantity' in line) Object.assign(line, { quantity });
      else if ('counted' in line) Object.assign(line, { counted: quantity });
      else if ('good' in line) Object.assign(line, { good: quantity, damaged: rest });
      else Object.assign(line, { accepted: quantity, rejected: rest });
    }
    if (rest === 0 && Array.isArray(body['lines'])) Object.assign(body['lines'][0] as Body, { item });
    return { command: command.name, body: { ...body, happenedAt: '2020-03-20' } };
  }

  private async rootOf(id: string): Promise<string> {
    const entry = (await this.entries()).find((candidate) => candidate.id === id)!;
    return isCorrection<Fact>(entry) ? this.rootOf(entry.data.wrongEventId) : id;
  }

  private async say(step: Step, name: string, body: Body): Promise<Answer | undefined> {
    const day = (ago: number) => new Date(this.office.clock.now().getTime() - ago * 24 * HOUR).toISOString();
    const { daysAgo, reportedAgo } = step;
    const said = {
      happenedAt: day(daysAgo),
      ...(reportedAgo !== undefined && { reportedAt: day(reportedAgo) }),
      ...body,
    };
    try {
      return this.remember(name, said, await this.office.record(name, said));
    } catch (error) {
      if (error instanceof Contradicts && step.insists) {
        const confirmed = { ...said, contradiction: 'confirmed', note: 'seen by two of us' };
        return this.remember(name, confirmed, await this.office.record(name, confirmed));
      }
      if (!(error instanceof ReliefError)) throw error;
      return undefined;
    }
  }

  private remember(name: string, body: Body, answer: Answer): Answer {
    if (name.startsWith('Correct')) return answer;
    for (const id of answer.events) this.commands.set(id, { name, body });
    return answer;
  }

  private consignment(which: number): string {
    return this.consignments[which % this.consignments.length]!;
  }

  /** A new number, or one that is taken: that is refused unless what left under it was voided. */
  private number(which: number): string {
    if (which % 4 === 0) return this.consignment(which);
    const consignment = `C-${this.consignments.length}`;
    this.consignments.push(consignment);
    return consignment;
  }
}
