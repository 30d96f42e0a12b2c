// bench: one consignment from its dispatch to its end, told fact by fact with what each adds to the report.
import type { ConsignmentFact, GoodsDelivered } from '../src/consignment/consignment.events.ts';
import type { EntryCorrected } from '../src/kernel/corrections.ts';
import type { Fact, Proposed } from '../src/kernel/recorded.ts';
import { CARRIERS, COUNTRIES, GIFTS, giftOf, HUB, ITEMS, NOTE, ORIGINS, recipientOf } from './names.ts';
import type { Random } from './random.ts';
import type { Posting } from './totals.ts';

/** The events of one stream, and what they add up to. */
export interface Stream {
  readonly stream: string;
  readonly events: readonly Proposed[];
  readonly postings: readonly Posting[];
}

interface Times {
  readonly happenedAt: string;
  readonly reportedAt: string;
}

const ABOUT = { actor: { id: 'u-17', role: 'logistician' }, channel: 'import' } as const;
/** A delivery as it was first stated. */
interface Told {
  readonly id: string;
  readonly fact: GoodsDelivered;
  readonly times: Times;
}

type GeneratedFact = ConsignmentFact | EntryCorrected<ConsignmentFact>;

const HOUR = 3_600_000;
const SHARE_OF_LATE = 0.1;

export class Story {
  private readonly events: Proposed[] = [];
  private readonly postings: Posting[] = [];
  private readonly lines: readonly { item: string; donation: string; lot: string }[];

  private readonly random: Random;
  private readonly consignment: string;
  private clock: number;

  constructor(random: Random, consignment: string, begins: number) {
    this.random = random;
    this.consignment = consignment;
    this.clock = begins;
    const item = random.between(0, ITEMS.length - 1);
    this.lines = [0, 1].map((line) => ({
      item: ITEMS[(item + line) % ITEMS.length]!,
      donation: giftOf(random.between(0, GIFTS - 1)),
      lot: `L-2020-${random.between(10, 99)}`,
    }));
  }

  straightToACountry(corrected: boolean): Stream {
    const country = this.random.one(COUNTRIES);
    const left = this.dispatch(country, country, country);
    this.arrive(country);
    const first = this.deliver(country, left, 1);
    for (const nth of [2, 3, 4]) this.deliver(country, left, nth);
    this.lose(country, left);
    if (corrected) this.correct(country, first);
    else this.deliver(country, left, 5);
    return this.told();
  }

  throughTheHub(): Stream {
    const left = this.dispatch(HUB, 'BE', 'undecided');
    this.arrive(HUB);
    for (const nth of [1, 2, 3, 4, 5, 6]) this.receive(left, nth);
    return this.told();
  }

  private dispatch(to: string, country: string, destination: string): number[] {
    const quantities = this.lines.map(() => 10 * this.random.between(500, 5_000));
    const times = this.pass();
    const lines = this.lines.map((line, index) => ({ ...line, quantity: quantities[index]!, destination }));
    this.say(times, {
      type: 'ConsignmentDispatched',
      data: {
        ...{ consignment: this.consignment, from: this.random.one(ORIGINS), fromHub: false, to, country },
        transport: { mode: 'air', carrier: this.random.one(CARRIERS), waybill: `AWB-${this.random.between(1e6, 9e6)}` },
        lines,
        note: NOTE,
      },
    });
    for (const { item, quantity } of lines) this.post(times, destination, item, 'inTransit', quantity);
    return quantities;
  }

  private arrive(place: string): void {
    const data = { consignment: this.consignment, place, note: NOTE, source: 'Message of the handling agent' };
    this.say(this.pass(), { type: 'ConsignmentArrived', data });
  }

  private deliver(country: string, left: number[], nth: number): Told {
    const times = this.pass();
    const lines = this.lines.map((line, index) => {
      const accepted = Math.floor((left[index]! * this.random.between(10, 20)) / 100);
      const rejected = this.random.chance(0.1) ? this.random.between(1, 50) : 0;
      left[index]! -= accepted + rejected;
      return { ...line, accepted, rejected, ...(rejected > 0 && { cause: 'damaged' as const }) };
    });
    const proof = this.random.chance(0.5) ? ('confirmed' as const) : ('reported' as const);
    const about = { consignment: this.consignment, country, recipient: recipientOf(country, nth), proof };
    const data = { ...about, lines, pod: `POD-${this.consignment}-${nth}`, note: NOTE };
    for (const line of lines) {
      this.move(times, country, line.item, bucketOf(proof), line.accepted);
      this.move(times, country, line.item, 'rejected', line.rejected);
    }
    const fact = { type: 'GoodsDelivered' as const, data };
    return { id: this.say(times, fact).id, fact, times };
  }

  private lose(country: string, left: number[]): void {
    const times = this.pass();
    const quantity = this.random.between(1, 20);
    left[0]! -= quantity;
    const lines = [{ ...this.lines[0]!, quantity }];
    const data = { consignment: this.consignment, cause: 'stolen' as const, lines, note: NOTE };
    this.say(times, { type: 'GoodsLost', data });
    this.move(times, country, this.lines[0]!.item, 'lost', quantity);
  }

  private receive(left: number[], nth: number): void {
    const times = this.pass();
    const lines = this.lines.map((line, index) => {
      const good = Math.floor((left[index]! * this.random.between(10, 30)) / 100);
      const damaged = this.random.chance(0.1) ? this.random.between(1, 30) : 0;
      left[index]! -= good + damaged;
      return { ...line, good, damaged };
    });
    const complete = nth === 6;
    const data = { consignment: this.consignment, hub: HUB, grn: `GRN-${this.consignment}-${nth}`, complete, lines };
    this.say(times, { type: 'GoodsReceived', data: { ...data, note: NOTE } });
    lines.forEach(({ item, good, damaged }, index) => {
      this.move(times, 'undecided', item, 'atHub', good);
      this.move(times, 'undecided', item, 'damaged', damaged);
      if (complete) this.move(times, 'undecided', item, 'unexplained', left[index]!);
    });
  }

  /** The first line of a delivery should have said two less. */
  private correct(country: string, { id, fact, times }: Told): void {
    const [wrong, ...others] = fact.data.lines;
    const lines = [{ ...wrong!, accepted: wrong!.accepted - 2 }, ...others];
    const right = { ...fact, data: { ...fact.data, lines } };
    const restated = { happenedAt: times.happenedAt, schema: 1, fact: right };
    const note = 'The proof of delivery says two less.';
    const told = this.pass();
    this.say(told, {
      type: 'EntryCorrected',
      data: { wrongEventId: id, reason: 'incorrect_data', note, restated },
    });
    const counted = { happenedAt: times.happenedAt, reportedAt: told.reportedAt };
    this.move(counted, country, wrong!.item, bucketOf(fact.data.proof), -2);
  }

  /** Some hours later; reported soon after, or late. */
  private pass(): Times {
    this.clock += this.random.between(6, 30) * HOUR;
    const delay = this.random.chance(SHARE_OF_LATE) ? this.random.between(48, 720) : this.random.between(1, 6);
    return { happenedAt: text(this.clock), reportedAt: text(this.clock + delay * HOUR) };
  }

  private say(times: Times, fact: GeneratedFact): Proposed {
    const event = proposed(fact, times, this.random);
    this.events.push(event);
    return event;
  }

  private move(times: Times, destination: string, item: string, bucket: string, quantity: number): void {
    this.post(times, destination, item, 'inTransit', -quantity);
    this.post(times, destination, item, bucket, quantity);
  }

  private post(times: Times, destination: string, item: string, bucket: string, quantity: number): void {
    const [happened, reported] = [Date.parse(times.happenedAt), Date.parse(times.reportedAt)];
    this.postings.push({ destination, item, bucket, quantity, happened, reported });
  }

  private told(): Stream {
    return { stream: `consignment-${this.consignment}`, events: this.events, postings: this.postings };
  }
}

export function proposed({ type, data }: Fact, times: Times, random: Random): Proposed {
  const commandId = random.uuid();
  const ids = { commandId, correlationId: commandId, causationId: commandId };
  const fingerprint = random.uuid().replaceAll('-', '').slice(0, 16);
  return { ...ABOUT, ...ids, ...times, id: random.uuid(), type, schema: 1, data, fingerprint };
}

function bucketOf(proof: string): string {
  return proof === 'confirmed' ? 'deliveredConfirmed' : 'deliveredReported';
}

export function text(milliseconds: number): string {
  return new Date(Math.round(milliseconds)).toISOString();
}
