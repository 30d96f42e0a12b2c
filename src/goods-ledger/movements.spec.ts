// goods ledger: the whole double entry, one row per kind of fact and what it moves.
import * as relief from '../../test/support/relief.js';
import type { Fact } from '../kernel/recorded.js';
import { account, type Account, type Movement, type Posted } from './account.js';
import { Books } from './books.js';
import { movementsOf, postedOn, type GoodsFact } from './movements.js';

const { counted, goods, handed, load, pledgeLine } = relief;

const donor = account('donor', relief.DONATION, 'undecided');
const promised = account('promised', relief.DONATION, 'undecided');
const pledge = (destination: string) => account('pledged', relief.DONATION, destination);
const atHub = (destination = 'undecided') => account('atHub', relief.HUB, destination);
const damaged = (destination = 'undecided') => account('damaged', relief.HUB, destination);
const [inTransit, rejected, unexplained] = (['inTransit', 'rejected', 'unexplained'] as const).map(
  (bucket) =>
    (destination = 'undecided') =>
      account(bucket, relief.CONSIGNMENT, destination),
) as [Place, Place, Place];
const lost = (cause: string, destination = 'undecided') => account('lost', relief.CONSIGNMENT, destination, cause);
const reported = (country = 'IT') => account('deliveredReported', relief.RECIPIENT, country);
const confirmed = (country = 'IT') => account('deliveredConfirmed', relief.RECIPIENT, country);

type Place = (destination?: string) => Account;

/** Masks without a lot unless said otherwise. */
const move = (quantity: number, from: Account, to: Account, about: Partial<Movement> = {}): Movement => ({
  ...{ from, to, item: 'MASK', donation: relief.DONATION, lot: '', quantity },
  ...about,
});

/** The movements of the last fact, after those before it. */
function posted(...facts: readonly Fact[]): Posted {
  const before = (facts.slice(0, -1) as GoodsFact[]).reduce(
    (books, fact) => books.post(movementsOf(fact, books).movements),
    Books.empty,
  );
  const { movements, beyond } = movementsOf(facts.at(-1) as GoodsFact, before);
  return { movements, beyond };
}

type Row = [title: string, facts: readonly Fact[], movements: readonly Movement[]];

function expectRows(rows: readonly Row[]): void {
  it.each(rows)('%s', (_title, facts, movements) => {
    expect(posted(...facts)).toEqual({ movements, beyond: [] });
  });
}

const fromDonor = relief.dispatched();
const toItaly = relief.dispatchedToItaly();
const part = (good: number, more = {}) => relief.received({ complete: false, lines: [counted({ good })], ...more });
const short = relief.received({ lines: [counted({ good: 472 })] });

describe('the pledge book', () => {
  const [italy, france] = [pledgeLine(), pledgeLine({ destination: 'FR', quantity: 200 })];
  expectRows([
    ['a pledge', [relief.pledged()], [move(500, promised, pledge('IT'))]],
    ['a pledge without figures', [relief.pledged({ lines: [] })], []],
    [
      'a pledge to several destinations',
      [relief.pledged({ lines: [italy, france] })],
      [move(500, promised, pledge('IT')), move(200, promised, pledge('FR'))],
    ],
    [
      'a pledge that names a destination twice',
      [relief.pledged({ lines: [italy, france, italy] })],
      [move(1_000, promised, pledge('IT')), move(200, promised, pledge('FR'))],
    ],
    ['an amendment to more', [relief.pledged(), relief.amended()], [move(100, promised, pledge('IT'))]],
    [
      'an amendment to less',
      [relief.pledged(), relief.amended({ lines: [pledgeLine({ quantity: 350 })] })],
      [move(150, pledge('IT'), promised)],
    ],
    ['an amendment to the same', [relief.pledged(), relief.amended({ lines: [italy] })], []],
    [
      'an amendment to another destination',
      [relief.pledged(), relief.amended({ lines: [france] })],
      [move(500, pledge('IT'), promised), move(200, promised, pledge('FR'))],
    ],
    [
      'an amendment to another item',
      [relief.pledged(), relief.amended({ lines: [pledgeLine({ item: 'TEST-KIT' })] })],
      [move(500, pledge('IT'), promised), move(500, promised, pledge('IT'), { item: 'TEST-KIT' })],
    ],
    ['a cancellation', [relief.pledged(), relief.amended(), relief.cancelled()], [move(600, pledge('IT'), promised)]],
  ]);
});

describe('goods that leave', () => {
  const fromHub = { from: relief.HUB, fromHub: true, to: 'IT', country: 'IT' };
  expectRows([
    ['a donor, for nobody yet', [fromDonor], [move(480, donor, inTransit())]],
    ['a donor, for a country', [toItaly], [move(480, donor, inTransit('IT'))]],
    [
      'a donor, of a known lot',
      [relief.dispatched({ lines: [load({ lot: 'L1' })] })],
      [move(480, donor, inTransit(), { lot: 'L1' })],
    ],
    [
      'a hub, out of the earmark of their destination',
      [relief.dispatched({ ...fromHub, lines: [load({ destination: 'IT', earmark: 'IT' })] })],
      [move(480, atHub('IT'), inTransit('IT'))],
    ],
    [
      'a hub, out of free stock',
      [relief.dispatched({ ...fromHub, lines: [load({ destination: 'IT', earmark: 'undecided' })] })],
      [move(480, atHub('undecided'), inTransit('IT'))],
    ],
  ]);
});

describe('goods that are counted', () => {
  expectRows([
    ['an arrival moves nothing', [fromDonor, relief.arrived()], []],
    ['all of them good', [fromDonor, relief.received()], [move(480, inTransit(), atHub())]],
    ['for the country they are meant for', [toItaly, relief.received()], [move(480, inTransit('IT'), atHub('IT'))]],
    [
      'some damaged',
      [fromDonor, relief.received({ lines: [counted({ good: 470, damaged: 10 })] })],
      [move(470, inTransit(), atHub()), move(10, inTransit(), damaged())],
    ],
    ['in part: the rest stays under way', [fromDonor, part(100)], [move(100, inTransit(), atHub())]],
    [
      'in part again: nothing of the first count is undone',
      [fromDonor, part(100), part(80)],
      [move(80, inTransit(), atHub())],
    ],
    [
      'completely at last: only the rest is missing',
      [fromDonor, part(100), part(80), relief.received({ lines: [counted({ good: 292 })] })],
      [move(292, inTransit(), atHub()), move(8, inTransit(), unexplained())],
    ],
    [
      'completely, short: 8 are missing',
      [fromDonor, short],
      [move(472, inTransit(), atHub()), move(8, inTransit(), unexplained())],
    ],
    [
      'completely, an item not mentioned: all of it is missing',
      [relief.dispatched({ lines: [load(), load({ item: 'VENTILATOR', quantity: 3 })] }), relief.received()],
      [move(480, inTransit(), atHub()), move(3, inTransit(), unexplained(), { item: 'VENTILATOR' })],
    ],
    ['8 more, a week after a short count', [fromDonor, short, part(8)], [move(8, unexplained(), atHub())]],
    [
      '8 more, damaged, a week after a short count',
      [fromDonor, short, part(0, { lines: [counted({ good: 0, damaged: 8 })] })],
      [move(8, unexplained(), damaged())],
    ],
  ]);
});

describe('goods whose lot becomes known', () => {
  const l1 = { lot: 'L1' };
  const twoLots = relief.dispatched({
    lines: [load({ lot: 'L1', quantity: 300 }), load({ lot: 'L2', quantity: 180 })],
  });
  expectRows([
    [
      'were always that lot: the donor gave no goods without one',
      [fromDonor, part(100, { lines: [counted({ ...l1, good: 100 })] })],
      [move(100, inTransit(), donor), move(100, donor, inTransit(), l1), move(100, inTransit(), atHub(), l1)],
    ],
    [
      'are drawn after goods that had it before',
      [
        relief.dispatched({ lines: [load({ quantity: 300 }), load({ ...l1, quantity: 180 })] }),
        part(200, { lines: [counted({ ...l1, good: 200 })] }),
      ],
      [
        move(180, inTransit(), atHub(), l1),
        move(20, inTransit(), donor),
        move(20, donor, inTransit(), l1),
        move(20, inTransit(), atHub(), l1),
      ],
    ],
    [
      'are not drawn from other lots',
      [twoLots, part(180, { lines: [counted({ lot: 'L2', good: 180 })] })],
      [move(180, inTransit(), atHub(), { lot: 'L2' })],
    ],
    [
      'speak of any lot when none is named',
      [twoLots, part(400)],
      [move(300, inTransit(), atHub(), l1), move(100, inTransit(), atHub(), { lot: 'L2' })],
    ],
  ]);
});

describe('goods that are handed over', () => {
  const after = (...lines: Parameters<typeof handed>[0][]) => relief.delivered({ lines: lines.map(handed) });
  expectRows([
    ['reported', [toItaly, relief.delivered()], [move(480, inTransit('IT'), reported())]],
    ['confirmed', [toItaly, relief.delivered({ proof: 'confirmed' })], [move(480, inTransit('IT'), confirmed())]],
    ['in part', [toItaly, after({ accepted: 100 })], [move(100, inTransit('IT'), reported())]],
    [
      'though not meant for that country',
      [fromDonor, relief.delivered()],
      [move(480, inTransit('undecided'), reported('IT'))],
    ],
    [
      'some rejected: they stay with the consignment',
      [toItaly, after({ accepted: 470, rejected: 10, cause: 'damaged' })],
      [move(470, inTransit('IT'), reported()), move(10, inTransit('IT'), rejected('IT'))],
    ],
    [
      'after all, when they were rejected before',
      [toItaly, after({ accepted: 470, rejected: 10 }), after({ accepted: 10 })],
      [move(10, rejected('IT'), reported())],
    ],
    [
      'though a complete count had not found them',
      [fromDonor, short, after({ accepted: 8 })],
      [move(8, unexplained(), reported())],
    ],
  ]);

  const meantFor = (...destinations: string[]) =>
    relief.dispatched({ lines: destinations.map((destination) => load({ destination, quantity: 100 })) });

  it.each`
    carried                               | drawn
    ${['undecided', 'IT']}                | ${['IT', 'undecided']}
    ${['undecided', 'FR+IT']}             | ${['FR+IT', 'undecided']}
    ${['FR', 'undecided']}                | ${['undecided', 'FR']}
    ${['FR', 'undecided', 'FR+IT', 'IT']} | ${['IT', 'FR+IT', 'undecided', 'FR']}
  `('to Italy out of $carried are drawn from $drawn', ({ carried, drawn }) => {
    const movements = drawn.map((destination: string) => move(100, inTransit(destination), reported()));
    expect(posted(meantFor(...carried), after({ accepted: 100 * drawn.length })).movements).toEqual(movements);
  });
});

describe('goods that are lost and found', () => {
  const loss = (quantity: number) => relief.lost({ lines: [goods({ quantity })] });
  const find = (quantity: number, hub?: string) => relief.found({ lines: [goods({ quantity })], ...(hub && { hub }) });
  expectRows([
    ['lost on the road, by cause', [toItaly, relief.lost()], [move(8, inTransit('IT'), lost('stolen', 'IT'))]],
    [
      'lost after a short count: the gap is explained',
      [fromDonor, short, relief.lost()],
      [move(8, unexplained(), lost('stolen'))],
    ],
    [
      'lost after they were rejected',
      [
        toItaly,
        relief.delivered({ lines: [handed({ accepted: 472, rejected: 8 })] }),
        relief.lost({ cause: 'refused' }),
      ],
      [move(8, rejected('IT'), lost('refused', 'IT'))],
    ],
    [
      'lost: what is under way first, then what is missing, then what was rejected',
      [
        toItaly,
        relief.delivered({ lines: [handed({ accepted: 400, rejected: 20 })] }),
        relief.received({ lines: [counted({ good: 50 })] }),
        relief.dispatchedToItaly({ lines: [load({ destination: 'IT', quantity: 5 })] }),
        loss(30),
      ],
      [
        move(5, inTransit('IT'), lost('stolen', 'IT')),
        move(10, unexplained('IT'), lost('stolen', 'IT')),
        move(15, rejected('IT'), lost('stolen', 'IT')),
      ],
    ],
    ['found on the road', [toItaly, relief.lost(), find(8)], [move(8, lost('stolen', 'IT'), inTransit('IT'))]],
    ['found at a hub', [toItaly, relief.lost(), find(8, relief.HUB)], [move(8, lost('stolen', 'IT'), atHub('IT'))]],
    ['found a week after a short count', [fromDonor, short, find(8, relief.HUB)], [move(8, unexplained(), atHub())]],
    [
      'found: what was lost first, then what was missing',
      [fromDonor, loss(5), short, find(8, relief.HUB)],
      [move(5, lost('stolen'), atHub()), move(3, unexplained(), atHub())],
    ],
  ]);
});

describe('hub stock that changes its earmark', () => {
  expectRows([
    ['an allocation', [relief.allocated()], [move(100, atHub(), atHub('IT'))]],
    ['a release', [relief.released()], [move(100, atHub('IT'), atHub())]],
  ]);
});

describe('the catalogue', () => {
  it.each([relief.itemRegistered(), relief.placeRegistered(), relief.organisationRegistered()])(
    '$type moves nothing, nor does its amendment',
    (registered) => {
      const amended = { ...registered, type: registered.type.replace('Registered', 'Amended') };
      expect(posted(registered)).toEqual({ movements: [], beyond: [] });
      expect(posted(amended)).toEqual({ movements: [], beyond: [] });
    },
  );
});

describe('pieces that nobody held', () => {
  const beyond = (quantity: number, lot = '') => [{ item: 'MASK', donation: relief.DONATION, lot, quantity }];
  const surplus: [...Row, beyond: Posted['beyond']][] = [
    [
      'counted: a surplus for whom the rest was meant',
      [toItaly, relief.received({ lines: [counted({ good: 488 })] })],
      [move(480, inTransit('IT'), atHub('IT')), move(8, unexplained('IT'), atHub('IT'))],
      beyond(8),
    ],
    [
      'counted after everything was counted: nobody can say for whom',
      [toItaly, relief.received(), part(8)],
      [move(8, unexplained('undecided'), atHub('undecided'))],
      beyond(8),
    ],
    [
      'counted beside a known surplus: for the same destination',
      [toItaly, relief.received({ lines: [counted({ good: 488 })] }), part(4)],
      [move(4, unexplained('IT'), atHub('IT'))],
      beyond(4),
    ],
    [
      'of a lot that was not there',
      [relief.dispatched({ lines: [load({ lot: 'L1' })] }), part(5, { lines: [counted({ lot: 'L2', good: 5 })] })],
      [move(5, unexplained('undecided'), atHub('undecided'), { lot: 'L2' })],
      beyond(5, 'L2'),
    ],
    [
      'delivered: more than was under way',
      [toItaly, relief.delivered({ lines: [handed({ accepted: 500 })] })],
      [move(480, inTransit('IT'), reported()), move(20, unexplained('IT'), reported())],
      beyond(20),
    ],
    [
      'rejected: more than was under way',
      [toItaly, relief.delivered({ lines: [handed({ accepted: 480, rejected: 2 })] })],
      [move(480, inTransit('IT'), reported()), move(2, unexplained('IT'), rejected('IT'))],
      beyond(2),
    ],
    [
      'lost',
      [toItaly, relief.delivered(), relief.lost()],
      [move(8, unexplained('undecided'), lost('stolen', 'undecided'))],
      beyond(8),
    ],
    [
      'found',
      [toItaly, relief.found({ hub: relief.HUB })],
      [move(8, unexplained('undecided'), atHub('undecided'))],
      beyond(8),
    ],
  ];

  it.each(surplus)('%s', (_title, facts, movements, beyond) => {
    expect(posted(...facts)).toEqual({ movements, beyond });
  });
});

describe('a fact that is asked about again', () => {
  const [dispatched, lostOnes] = [relief.dispatched(), relief.lost()] as unknown as [GoodsFact, GoodsFact];
  const underWay = Books.empty.post(movementsOf(dispatched, Books.empty).movements);

  it('moves the same on the same books', () => {
    const first = postedOn(underWay, lostOnes);
    expect(first).toEqual(movementsOf(lostOnes, underWay));
    expect(postedOn(underWay, lostOnes)).toBe(first);
  });

  it('moves something else on other books, and another fact on these', () => {
    expect(postedOn(Books.empty, lostOnes)).toEqual(movementsOf(lostOnes, Books.empty));
    expect(postedOn(underWay, dispatched)).toEqual(movementsOf(dispatched, underWay));
  });
});
