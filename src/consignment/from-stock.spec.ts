// consignment: the rule book of what a dispatch takes out of stock: what must not leave, and what is put back.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import type { Holding } from '../goods-ledger/account.js';
import type { Hold, StockLine } from '../goods-ledger/stock.js';
import type { Fact } from '../kernel/recorded.js';
import type { DispatchConsignment } from './consignment.commands.js';
import { consignment } from './consignment.js';
import { dispatch } from './dispatch.js';

const { inLiege, load } = relief;

const sizes = new Map([['MASK/carton', 20]]);
const toItaly = { to: { country: 'IT', kind: 'country' as const }, sizes };
const line = (held: Holding, ...holds: Hold[]): StockLine => ({ ...held, holds });
const byLot = (quantity: number): Hold => ({ by: 'lot', what: 'L1', reason: 'filters leak', quantity });
const byCustoms = (quantity: number): Hold => ({ by: 'customs', what: 'LGG-0312', reason: 'papers', quantity });

const sending = (lines: DispatchConsignment['lines'], stock: StockLine[], instead?: Fact) =>
  given(consignment).when((state) =>
    dispatch(relief.dispatch({ from: relief.HUB, to: 'IT', lines }), state, {
      ...toItaly,
      stock,
      ...(instead && { instead }),
    }),
  );
const masks = (quantity: number) => [{ item: 'MASK', quantity }];
const left = (...lines: Partial<ReturnType<typeof load>>[]) =>
  relief.dispatched({
    ...{ from: relief.HUB, fromHub: true, to: 'IT', country: 'IT' },
    lines: lines.map((each) => load({ destination: 'IT', earmark: 'IT', ...each })),
  });

describe('stock that must not leave', () => {
  it.each([
    ['a held lot', 'LOT_ON_HOLD', byLot(300)],
    ['customs', 'CUSTOMS_HOLD', byCustoms(300)],
  ])('because of %s stays, and the rest may go', (_why, code, hold) => {
    const stock = [line(inLiege('IT', 480), hold)];
    sending(masks(180), stock).then([left({ quantity: 180 })]);
    sending(masks(181), stock).thenRefused(code);
  });

  it('stays under whatever earmark it lies', () => {
    const stock = [line(inLiege('IT', 100), byCustoms(100)), line(inLiege('undecided', 50), byCustoms(50))];
    sending(masks(1), stock).thenRefused('CUSTOMS_HOLD');
  });

  it('leaves the way to stock that nothing stops', () => {
    const stock = [line(inLiege('IT', 100, 'L1'), byLot(100)), line(inLiege('undecided', 50, 'L2'))];
    sending(masks(50), stock).then([left({ quantity: 50, lot: 'L2', earmark: 'undecided' })]);
    sending(masks(51), stock).thenRefused('LOT_ON_HOLD');
  });

  it('is not the reason when there would be too little anyway', () => {
    sending(masks(481), [line(inLiege('IT', 480), byLot(300))]).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('is not the reason when other goods are stopped', () => {
    const stock = [line({ ...inLiege('IT', 50), item: 'VENTILATOR' }, byLot(50)), line(inLiege('IT', 480))];
    sending(masks(480), stock).then([left({})]);
  });

  it('of two reasons under one line counts once each', () => {
    const stock = [line(inLiege('IT', 480), byLot(100), byCustoms(100))];
    sending(masks(280), stock).then([left({ quantity: 280 })]);
    sending(masks(281), stock).thenRefused('LOT_ON_HOLD');
  });
});

describe('what two lines of a dispatch take', () => {
  it('is not taken twice', () => {
    const stock = [line(inLiege('IT', 100), byLot(20))];
    sending([...masks(50), ...masks(30)], stock).then([left({ quantity: 50 }, { quantity: 30 })]);
    sending([...masks(50), ...masks(31)], stock).thenRefused('LOT_ON_HOLD');
  });
});

describe('stock that is sent in packs', () => {
  it('is taken in base units, and each line keeps the pack', () => {
    const pack = { name: 'carton', holds: 20 };
    given(consignment)
      .when((state) =>
        dispatch(
          relief.dispatch({ from: relief.HUB, to: 'IT', lines: [{ item: 'MASK', quantity: 3, pack: 'carton' }] }),
          state,
          { ...toItaly, stock: [line(inLiege('IT', 60))] },
        ),
      )
      .then([
        relief.dispatched({
          ...{ from: relief.HUB, fromHub: true, to: 'IT', country: 'IT' },
          lines: [{ ...load({ destination: 'IT', earmark: 'IT', quantity: 60 }), pack }],
        }),
      ]);
  });
});

describe('a dispatch from a hub that is restated', () => {
  const wrong = left({ quantity: 400 });

  it('finds what the wrong one took', () => {
    sending(masks(400), [], wrong).then([wrong]);
    sending(masks(300), [line(inLiege('IT', 80))], wrong).then([left({ quantity: 80 }, { quantity: 220 })]);
  });

  it('is never refused for want of stock: what left has left', () => {
    sending(masks(500), [], wrong).then([left({ quantity: 400 }, { quantity: 100 })]);
  });

  it('is not refused for a hold either', () => {
    sending(masks(481), [line(inLiege('IT', 80), byLot(80))], wrong).then([left({ quantity: 400 }, { quantity: 81 })]);
  });

  it('may be about another hub: then nothing is put back there', () => {
    const elsewhere = relief.dispatched({ ...wrong.data, from: 'ETADD' });
    sending(masks(80), [line(inLiege('IT', 80))], elsewhere).then([left({ quantity: 80 })]);
  });

  it('takes new stock like any dispatch when the wrong one came from a donor', () => {
    sending(masks(80), [line(inLiege('IT', 80))], relief.dispatched()).then([left({ quantity: 80 })]);
  });
});
