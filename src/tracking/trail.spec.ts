// tracking: which pieces lie where, by hand.
import { account, type Account } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import { standingFlows } from './flows.js';
import { layersOf } from './trail.js';

const DAY = 86_400_000;
const donor = account('donor', 'D-1', 'undecided');
const onTheWay = (consignment: string) => account('inTransit', consignment, 'undecided');
const atLiege = (destination = 'undecided') => account('atHub', 'BELGG', destination);
const delivered = account('deliveredConfirmed', 'HOSPITAL', 'IT');

const moved = (
  about: number,
  from: Account,
  to: Account,
  quantity: number,
  more: Partial<MovementRow> = {},
): MovementRow => ({
  ...{ about, position: about, stream: `consignment-C${about}`, from, to, quantity },
  ...{ item: 'MASK', donation: 'D-1', lot: '', happened: about * DAY, reported: about * DAY, recorded: about * DAY },
  ...more,
});

const lie = (...rows: MovementRow[]) =>
  layersOf(standingFlows(rows)).map(({ account, lot, quantity, since, trail }) =>
    [account.bucket, account.holder, lot, quantity, since / DAY, trail.map(({ about }) => about).join('>')].join(' '),
  );

const twoFlights = [
  moved(1, donor, onTheWay('C1'), 100),
  moved(2, onTheWay('C1'), atLiege(), 100),
  moved(3, donor, onTheWay('C3'), 50),
  moved(4, onTheWay('C3'), atLiege(), 50),
];

describe('pieces', () => {
  it('lie where they came last, with the way they came', () => {
    expect(lie(...twoFlights)).toEqual(['atHub BELGG  100 2 1>2', 'atHub BELGG  50 4 3>4']);
  });

  it('that came first leave first', () => {
    expect(lie(...twoFlights, moved(5, atLiege(), onTheWay('C5'), 120))).toEqual([
      'atHub BELGG  30 4 3>4',
      'inTransit C5  100 5 1>2>5',
      'inTransit C5  20 5 3>4>5',
    ]);
  });

  it('that change their earmark stay where they are since they came', () => {
    expect(lie(...twoFlights.slice(0, 2), moved(9, atLiege(), atLiege('IT'), 100))).toEqual([
      'atHub BELGG  100 2 1>2>9',
    ]);
  });

  it('keep their way when their lot becomes known', () => {
    const known = [
      moved(2, onTheWay('C1'), donor, 100),
      moved(2, donor, onTheWay('C1'), 100, { lot: 'L1' }),
      moved(2, onTheWay('C1'), atLiege(), 100, { lot: 'L1' }),
    ];
    expect(lie(twoFlights[0]!, ...known)).toEqual(['atHub BELGG L1 100 2 1>2>2>2']);
  });

  it('that no account had are missing there until they come', () => {
    const early = moved(1, atLiege(), onTheWay('C1'), 30);
    expect(lie(early)).toEqual(['atHub BELGG  -30 1 1', 'inTransit C1  30 1 1']);
    expect(lie(early, moved(2, donor, atLiege(), 40))).toEqual(['atHub BELGG  10 2 2', 'inTransit C1  30 1 1']);
  });

  it('do not move by an entry that did not occur', () => {
    const undone = moved(2, atLiege(), onTheWay('C1'), 100, { position: 7 });
    expect(lie(...twoFlights.slice(0, 2), undone)).toEqual(['inTransit C1  100 1 1']);
  });

  it('move by the restated entry, on its date and in its place of the log', () => {
    const corrected = [
      moved(2, atLiege(), onTheWay('C1'), 100, { position: 7 }),
      moved(2, onTheWay('C1'), atLiege(), 90, { position: 7, happened: 3 * DAY }),
    ];
    expect(lie(...twoFlights.slice(0, 2), moved(5, atLiege(), delivered, 80), ...corrected)).toEqual([
      'inTransit C1  10 1 1',
      'atHub BELGG  10 3 1>2',
      'deliveredConfirmed HOSPITAL  80 5 1>2>5',
    ]);
  });

  it('are not promises', () => {
    const promise = moved(1, account('promised', 'D-1', 'undecided'), account('pledged', 'D-1', 'IT'), 100);
    expect(lie(promise)).toEqual([]);
  });
});
