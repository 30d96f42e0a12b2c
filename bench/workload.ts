// bench: seeded histories of consignments, eight facts each, with what they add up to.
import { COUNTRIES, DONOR, giftOf, GIFTS, ITEMS, NOTE, numbered, organisations, recipientOf } from './names.ts';
import type { Fact } from '../src/kernel/recorded.ts';
import { Random } from './random.ts';
import { proposed, Story, text, type Stream } from './story.ts';
import type { Posting } from './totals.ts';

export const EVENTS_A_STREAM = 8;

/** The first day of every history, and how many days the histories begin on. */
export const FIRST_DAY = Date.UTC(2020, 2, 1);
export const DAYS = 300;
const DAY = 86_400_000;

const SHARE_OF_HUB = 0.25;
const SHARE_OF_CORRECTED = 0.05;

export class Workload {
  readonly seed: number;
  /** Over how many streams the days are spread. */
  readonly streams: number;

  constructor(seed: number, streams: number) {
    this.seed = seed;
    this.streams = streams;
  }

  /** The same history for the same number, in any order of asking. */
  history(index: number): Stream {
    const random = new Random(this.seed, index);
    const story = new Story(random, `BX-${numbered(index)}`, FIRST_DAY + (DAYS * DAY * index) / this.streams);
    return random.chance(SHARE_OF_HUB)
      ? story.throughTheHub()
      : story.straightToACountry(random.chance(SHARE_OF_CORRECTED));
  }

  /** Organisations and gifts that the histories mention. */
  mentioned(): Stream[] {
    const random = new Random(this.seed, -1);
    const gifts = Array.from({ length: GIFTS }, (_, gift): Stream => {
      const donation = giftOf(gift);
      const item = ITEMS[gift % ITEMS.length]!;
      const data = { donation, donor: DONOR, lines: [{ item, quantity: 1_000_000, destination: 'undecided' }] };
      const posting = { destination: 'undecided', item, bucket: 'pledged', quantity: 1_000_000 };
      const times = { happened: FIRST_DAY, reported: FIRST_DAY };
      return alone(`donation-${donation}`, { type: 'DonationPledged', data }, random, [{ ...posting, ...times }]);
    });
    return [...organisations().map((data) => organisation(data, random)), ...gifts];
  }

  /** A consignment with more goods than any trial delivers. */
  open(index: number): Stream {
    const random = new Random(this.seed, -2, index);
    const consignment = openReference(index);
    const lines = openLines(index).map((line) => ({ ...line, quantity: 500_000_000, destination: openCountry(index) }));
    const data = { consignment, from: 'CN', fromHub: false, to: openCountry(index), country: openCountry(index) };
    return alone(
      `consignment-${consignment}`,
      {
        type: 'ConsignmentDispatched',
        data: { ...data, transport: { mode: 'air' }, lines },
      },
      random,
      [],
    );
  }
}

/** What one delivery of `deliveryOf` hands over, all lines together. */
export const PIECES_A_DELIVERY = 5;

/** The body of a command that delivers from an open consignment; `nth` tells its deliveries apart. */
export function deliveryOf(index: number, nth: number): object {
  const [first, second] = openLines(index);
  return {
    ...{ consignment: openReference(index), recipient: recipientOf(openCountry(index), nth), proof: 'confirmed' },
    ...{ pod: `POD-${numbered(index)}-${nth}`, happenedAt: '2020-04-02T10:30+02:00', note: NOTE },
    lines: [
      { ...first, accepted: 3, rejected: 1, cause: 'damaged' },
      { ...second, accepted: 2, rejected: 0 },
    ],
  };
}

export function openReference(index: number): string {
  return `OPEN-${numbered(index)}`;
}

function alone(stream: string, fact: Fact, random: Random, postings: readonly Posting[]): Stream {
  const times = { happenedAt: text(FIRST_DAY), reportedAt: text(FIRST_DAY) };
  return { stream, events: [proposed(fact, times, random)], postings };
}

function organisation(data: { organisation: string }, random: Random): Stream {
  return alone(`catalogue-organisation-${data.organisation}`, { type: 'OrganisationRegistered', data }, random, []);
}

function openLines(index: number): { item: string; donation: string; lot: string }[] {
  return [0, 1].map((line) => ({
    ...{ item: ITEMS[(index + line) % ITEMS.length]!, donation: giftOf(index % GIFTS), lot: 'L-2020-10' },
  }));
}

function openCountry(index: number): string {
  return COUNTRIES[index % COUNTRIES.length]!;
}
