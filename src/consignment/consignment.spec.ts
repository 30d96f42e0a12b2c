// consignment: the rule book.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Figures } from '../kernel/errors.js';
import type { Fact } from '../kernel/recorded.js';
import { consignmentShapes } from './consignment.events.js';
import { consignment, holdingsOf, type Consignment } from './consignment.js';
import { arrive, deliver, find, lose, receive } from './field-facts.js';

const { corrected, counted, handed, held, inLiege, load } = relief;

const unknown = given(consignment);

describe('a consignment nobody has heard of', () => {
  it.each`
    fact              | record
    ${'arrive'}       | ${(state: Consignment) => arrive(relief.arrival(), state)}
    ${'be counted'}   | ${(state: Consignment) => receive(relief.receipt(), state, relief.IN_PIECES)}
    ${'be delivered'} | ${(state: Consignment) => deliver(relief.delivery(), state, relief.IN_PIECES)}
    ${'be lost'}      | ${(state: Consignment) => lose(relief.loss(), state, relief.IN_PIECES)}
    ${'be found'}     | ${(state: Consignment) => find(relief.find(), state, relief.IN_PIECES)}
  `('cannot $fact', ({ record }) => {
    unknown.when(record).thenUnknown('consignment');
  });
});

describe('a consignment under way', () => {
  const underWay = given(consignment, [relief.dispatched()]);

  it('arrives at a place', () => {
    underWay.when((state) => arrive(relief.arrival(), state)).then([relief.arrived()]);
  });

  it('arrives at each place once', () => {
    const arrived = given(consignment, [relief.dispatched(), relief.arrived()]);
    arrived.when((state) => arrive(relief.arrival(), state)).thenNothing();
    arrived
      .when((state) => arrive(relief.arrival({ place: 'ITROM' }), state))
      .then([relief.arrived({ place: 'ITROM' })]);
  });

  it('is counted, good and damaged', () => {
    const lines = [counted({ good: 472, damaged: 8 })];
    underWay
      .when((state) => receive(relief.receipt({ lines }), state, relief.IN_PIECES))
      .then([relief.received({ lines })]);
  });

  it('is counted in part', () => {
    const part = { complete: false, lines: [counted({ good: 100 })] };
    underWay.when((state) => receive(relief.receipt(part), state, relief.IN_PIECES)).then([relief.received(part)]);
  });

  it('is counted with the lot that was found', () => {
    const lines = [counted({ lot: 'L1' })];
    underWay
      .when((state) => receive(relief.receipt({ lines }), state, relief.IN_PIECES))
      .then([relief.received({ lines })]);
  });

  it('is handed over, accepted and rejected', () => {
    const given = { country: 'IT', lines: [handed({ accepted: 470, rejected: 10, cause: 'damaged' as const })] };
    underWay.when((state) => deliver(relief.delivery(given), state, relief.IN_PIECES)).then([relief.delivered(given)]);
  });

  it('is lost in part, for a cause', () => {
    underWay.when((state) => lose(relief.loss(), state, relief.IN_PIECES)).then([relief.lost()]);
  });
});

describe('the country of a delivery', () => {
  it('is the one the consignment travels to', () => {
    given(consignment, [relief.dispatchedToItaly()])
      .when((state) => deliver(relief.delivery(), state, relief.IN_PIECES))
      .then([relief.delivered()]);
  });

  it('is the one stated', () => {
    given(consignment, [relief.dispatchedToItaly()])
      .when((state) => deliver(relief.delivery({ country: 'SI' }), state, relief.IN_PIECES))
      .then([relief.delivered({ country: 'SI' })]);
  });

  it('must be stated when the dispatch was voided', () => {
    const voided = given(consignment, [relief.dispatched(), relief.arrived(), corrected('test@0')]);
    const lines = [{ item: 'MASK', donation: relief.DONATION, accepted: 480, rejected: 0 }];
    voided.when((state) => deliver(relief.delivery({ lines }), state, relief.IN_PIECES)).thenInvalid('country');
  });
});

describe('the donation of a line', () => {
  const two = [load(), load({ donation: 'ALIBABA-1' })];

  it('may be left out where the consignment carries one of that item', () => {
    given(consignment, [relief.dispatched({ lines: [load(), load({ donation: 'ALIBABA-1', item: 'VENTILATOR' })] })])
      .when((state) => receive(relief.receipt(), state, relief.IN_PIECES))
      .then([relief.received()]);
  });

  it.each`
    reason                                       | carried
    ${'the consignment carries several of them'} | ${two}
    ${'the consignment carries no such item'}    | ${[load({ item: 'VENTILATOR' })]}
  `('must be stated when $reason', ({ carried }) => {
    const dispatched = given(consignment, [relief.dispatched({ lines: carried })]);
    dispatched.when((state) => receive(relief.receipt(), state, relief.IN_PIECES)).thenInvalid('lines.donation');
    dispatched.when((state) => deliver(relief.delivery(), state, relief.IN_PIECES)).thenInvalid('lines.donation');
    dispatched.when((state) => lose(relief.loss(), state, relief.IN_PIECES)).thenInvalid('lines.donation');
    dispatched.when((state) => find(relief.find(), state, relief.IN_PIECES)).thenInvalid('lines.donation');
  });
});

describe('a document number', () => {
  const grn = { grn: 'GRN-1', complete: false, lines: [counted({ good: 100 })] };
  const pod = { pod: 'POD-1', country: 'IT', lines: [handed({ accepted: 100 })] };
  const filed = given(consignment, [relief.dispatched(), relief.received(grn), relief.delivered(pod)]);

  it('makes nothing of the same receipt or delivery', () => {
    filed.when((state) => receive(relief.receipt(grn), state, relief.IN_PIECES)).thenNothing();
    filed.when((state) => deliver(relief.delivery(pod), state, relief.IN_PIECES)).thenNothing();
  });

  it('is refused for another receipt or delivery', () => {
    filed
      .when((state) => receive(relief.receipt({ ...grn, lines: [counted({ good: 101 })] }), state, relief.IN_PIECES))
      .thenRefused('DOCUMENT_NUMBER_USED');
    filed
      .when((state) => deliver(relief.delivery({ ...pod, proof: 'confirmed' }), state, relief.IN_PIECES))
      .thenRefused('DOCUMENT_NUMBER_USED');
    filed
      .when((state) => deliver(relief.delivery({ ...pod, pod: 'GRN-1' }), state, relief.IN_PIECES))
      .thenRefused('DOCUMENT_NUMBER_USED');
  });

  it('is free again when its document was voided', () => {
    given(consignment, [relief.dispatched(), relief.received(grn), corrected('test@1')])
      .when((state) => receive(relief.receipt({ ...grn, lines: [counted({ good: 101 })] }), state, relief.IN_PIECES))
      .then([relief.received({ ...grn, lines: [counted({ good: 101 })] })]);
  });

  it('of a confirmed contradiction makes nothing of the same receipt', () => {
    const surplus = { grn: 'GRN-1', lines: [counted({ good: 500 })], note: 'counted three times' };
    given(consignment, [relief.dispatched(), relief.received({ ...surplus, contradiction: 'confirmed' })])
      .when((state) => receive(relief.receipt({ ...surplus, contradiction: 'confirmed' }), state, relief.IN_PIECES))
      .thenNothing();
  });

  it('makes two documents of equal deliveries that have none', () => {
    const part = { country: 'IT', lines: [handed({ accepted: 100 })] };
    given(consignment, [relief.dispatched(), relief.delivered(part)])
      .when((state) => deliver(relief.delivery(part), state, relief.IN_PIECES))
      .then([relief.delivered(part)]);
  });
});

describe('a fact that the books do not agree with', () => {
  const beyond = (quantity: number, about = {}) => ({
    beyond: [{ item: 'MASK', donation: relief.DONATION, lot: '', quantity, ...about }],
  });
  const note = 'counted three times';
  const received = [relief.dispatched(), relief.received()];

  const contradictions: [title: string, before: Fact[], record: Recording, fact: Confirmed, figures: Figures][] = [
    [
      'a count of more than was under way',
      [relief.dispatched()],
      (given) => (state) =>
        receive(relief.receipt({ lines: [counted({ good: 500 })], ...given }), state, relief.IN_PIECES),
      (given) => relief.received({ lines: [counted({ good: 500 })], ...given }),
      { ...beyond(20), underWay: [load()] },
    ],
    [
      'damaged pieces beside a full count',
      [relief.dispatched()],
      (given) => (state) =>
        receive(relief.receipt({ lines: [counted({ damaged: 1 })], ...given }), state, relief.IN_PIECES),
      (given) => relief.received({ lines: [counted({ damaged: 1 })], ...given }),
      beyond(1),
    ],
    [
      'a count of another lot than was dispatched',
      [relief.dispatched({ lines: [load({ lot: 'L1' })] })],
      (given) => (state) =>
        receive(relief.receipt({ lines: [counted({ lot: 'L2', good: 5 })], ...given }), state, relief.IN_PIECES),
      (given) => relief.received({ lines: [counted({ lot: 'L2', good: 5 })], ...given }),
      beyond(5, { lot: 'L2' }),
    ],
    [
      'a delivery of what a hub has counted',
      received,
      (given) => (state) => deliver(relief.delivery({ country: 'IT', ...given }), state, relief.IN_PIECES),
      (given) => relief.delivered(given),
      { ...beyond(480), underWay: [] },
    ],
    [
      'a rejection beside a full delivery',
      [relief.dispatchedToItaly()],
      (given) => (state) =>
        deliver(relief.delivery({ lines: [handed({ rejected: 2 })], ...given }), state, relief.IN_PIECES),
      (given) => relief.delivered({ lines: [handed({ rejected: 2 })], ...given }),
      beyond(2),
    ],
    [
      'a loss of what a hub has counted',
      received,
      (given) => (state) => lose(relief.loss(given), state, relief.IN_PIECES),
      (given) => relief.lost(given),
      beyond(8),
    ],
    [
      'a find of what was never missing',
      [relief.dispatched()],
      (given) => (state) => find(relief.find(given), state, relief.IN_PIECES),
      (given) => relief.found(given),
      beyond(8),
    ],
  ];

  describe.each(contradictions)('such as %s', (_title, before, record, fact, figures) => {
    it('is answered with the figures', () => {
      given(consignment, before).when(record({})).thenContradicts(figures);
    });

    it('is recorded, flagged, when it is confirmed with a note', () => {
      given(consignment, before)
        .when(record({ contradiction: 'confirmed', note }))
        .then([fact({ contradiction: 'confirmed', note })]);
    });

    it('is not confirmed without a note', () => {
      given(consignment, before)
        .when(record({ contradiction: 'confirmed' }))
        .thenInvalid('note');
    });
  });

  it('is not flagged when the books agree after all', () => {
    given(consignment, [relief.dispatched()])
      .when((state) => receive(relief.receipt({ contradiction: 'confirmed', note }), state, relief.IN_PIECES))
      .then([relief.received({ note })]);
  });
});

type Confirmation = { contradiction?: 'confirmed'; note?: string };
type Recording = (given: Confirmation) => (state: Consignment) => readonly Fact[];
type Confirmed = (given: Confirmation) => Fact;

describe('goods of a consignment that are missing', () => {
  const short = [relief.dispatched(), relief.received({ lines: [counted({ good: 472 })] })];

  it('are found at a hub', () => {
    const where = { hub: relief.HUB };
    given(consignment, short)
      .when((state) => find(relief.find(where), state, relief.IN_PIECES))
      .then([relief.found(where)]);
  });

  it('are counted later', () => {
    const late = { complete: false, lines: [counted({ good: 8 })] };
    given(consignment, short)
      .when((state) => receive(relief.receipt(late), state, relief.IN_PIECES))
      .then([relief.received(late)]);
  });

  it('are explained by a loss', () => {
    given(consignment, short)
      .when((state) => lose(relief.loss(), state, relief.IN_PIECES))
      .then([relief.lost()]);
  });

  it('are explained once', () => {
    given(consignment, [...short, relief.lost()])
      .when((state) => lose(relief.loss(), state, relief.IN_PIECES))
      .thenContradicts({ beyond: [{ item: 'MASK', quantity: 8 }] });
  });

  it('are found on the road when they were lost', () => {
    given(consignment, [relief.dispatched(), relief.lost()])
      .when((state) => find(relief.find(), state, relief.IN_PIECES))
      .then([relief.found()]);
  });

  it.each`
    fact      | facts                                   | decide
    ${'loss'} | ${[relief.dispatched()]}                | ${(state: Consignment) => lose(relief.loss(), state, relief.IN_PIECES)}
    ${'find'} | ${[relief.dispatched(), relief.lost()]} | ${(state: Consignment) => find(relief.find(), state, relief.IN_PIECES)}
  `('make one $fact of a command given twice under one id', async ({ facts, decide }) => {
    expect(await givenTwice(consignment, consignmentShapes, facts, decide)).toEqual([1, 0]);
  });
});

describe('goods a recipient rejected', () => {
  it('are delivered after all', () => {
    const rejected = relief.delivered({ lines: [handed({ accepted: 470, rejected: 10 })] });
    const after = { country: 'IT', lines: [handed({ accepted: 10 })] };
    given(consignment, [relief.dispatchedToItaly(), rejected])
      .when((state) => deliver(relief.delivery(after), state, relief.IN_PIECES))
      .then([relief.delivered(after)]);
  });
});

describe('the goods of a consignment', () => {
  const after = (...facts: Parameters<typeof consignment.evolve>[1][]) =>
    holdingsOf(facts.reduce<Consignment>((state, fact) => consignment.evolve(state, fact), consignment.initial));

  it('are nowhere before it was dispatched', () => {
    expect(after()).toEqual([]);
  });

  it('are where its entries say', () => {
    expect(after(relief.dispatched(), relief.received({ lines: [counted({ good: 470, damaged: 8 })] }))).toEqual([
      held('donor', relief.DONATION, 'undecided', -480),
      inLiege('undecided', 470),
      held('damaged', relief.HUB, 'undecided', 8),
      held('unexplained', relief.CONSIGNMENT, 'undecided', 2),
    ]);
  });
});
