// hub: the rule book.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Holding } from '../goods-ledger/account.js';
import type { AllocateStock, ReleaseAllocation } from './hub.commands.js';
import { hubShapes } from './hub.events.js';
import { allocate, hub, release, type StockContext } from './hub.js';

const { earmarked, inLiege } = relief;
const ventilators: Holding = { ...inLiege('undecided', 50), item: 'VENTILATOR' };

/** What lies in Liege; Italy lies in Europe and Southern Europe. */
const where = (...stock: Holding[]): StockContext => ({
  ...{ stock, damaged: [], unexplained: [], regions: ['Europe', 'Southern Europe'] },
  ...relief.IN_PIECES,
});

const allocating = (command: Partial<AllocateStock>, ...stock: Holding[]) =>
  given(hub).when((state) => allocate(relief.allocate(command), state, where(...stock)));

const releasing = (command: Partial<ReleaseAllocation>, ...stock: Holding[]) =>
  given(hub).when((state) => release(relief.release(command), state, where(...stock)));

describe('hub stock that is not decided', () => {
  it('is set aside for a country', () => {
    allocating({ quantity: 100 }, inLiege('undecided', 480)).then([relief.allocated()]);
  });

  it('is set aside to the last piece', () => {
    allocating({ quantity: 480 }, inLiege('undecided', 480)).then([
      relief.allocated({ lines: [earmarked({ quantity: 480 })] }),
    ]);
  });

  it('is not set aside beyond what lies there', () => {
    allocating({ quantity: 481 }, inLiege('undecided', 480)).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('is set aside for several countries, spelt in one way', () => {
    allocating({ to: 'SI+BE' }, inLiege('undecided', 480)).then([
      relief.allocated({ lines: [earmarked({ to: 'BE+SI' })] }),
    ]);
  });

  it('keeps note and source of the decision', () => {
    allocating({ note: 'call of 14 March' }, inLiege('undecided', 480)).then([
      relief.allocated({ note: 'call of 14 March' }),
    ]);
  });

  it('gives a command given twice under one id once', async () => {
    const decide = () => allocate(relief.allocate(), { status: 'open' }, where(inLiege('undecided', 480)));
    expect(await givenTwice(hub, hubShapes, [], decide)).toEqual([1, 0]);
  });
});

describe('hub stock for a country, when no earmark is named', () => {
  const everything = [
    inLiege('undecided', 10),
    inLiege('Africa', 1_000),
    inLiege('Europe', 20),
    inLiege('FR', 1_000),
    inLiege('BE+IT', 30),
  ];

  it.each`
    wanted | taken
    ${30}  | ${[['BE+IT', 30]]}
    ${50}  | ${[['BE+IT', 30], ['Europe', 20]]}
    ${60}  | ${[['BE+IT', 30], ['Europe', 20], ['undecided', 10]]}
  `('is drawn from groups that name it, then its regions, then undecided stock: $wanted', ({ wanted, taken }) => {
    const lines = taken.map(([from, quantity]: [string, number]) => earmarked({ from, quantity }));
    allocating({ quantity: wanted }, ...everything).then([relief.allocated({ lines })]);
  });

  it('is never taken from other countries or regions', () => {
    allocating({ quantity: 61 }, ...everything).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('does not count what is set aside for it already', () => {
    allocating({ quantity: 11 }, inLiege('IT', 480), inLiege('undecided', 10)).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('does not count other items', () => {
    allocating({ quantity: 1 }, ventilators).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('does not count an earmark that is overdrawn', () => {
    allocating({ quantity: 10 }, inLiege('BE+IT', -20), inLiege('undecided', 10)).then([
      relief.allocated({ lines: [earmarked({ quantity: 10 })] }),
    ]);
  });
});

describe('hub stock of several donations and lots', () => {
  const mixed = [
    inLiege('undecided', 10, 'L1'),
    inLiege('undecided', 20, 'L2'),
    inLiege('undecided', 40, 'L2', 'ALIBABA-1'),
  ];

  it.each`
    asked                                       | quantity | lines
    ${{}}                                       | ${15}    | ${[{ lot: 'L1', quantity: 10 }, { lot: 'L2', quantity: 5 }]}
    ${{ lot: 'L2' }}                            | ${15}    | ${[{ lot: 'L2', quantity: 15 }]}
    ${{ donation: 'ALIBABA-1' }}                | ${15}    | ${[{ lot: 'L2', donation: 'ALIBABA-1', quantity: 15 }]}
    ${{ donation: relief.DONATION, lot: 'L2' }} | ${20}    | ${[{ lot: 'L2', quantity: 20 }]}
  `('gives $quantity of $asked', ({ asked, quantity, lines }) => {
    allocating({ ...asked, quantity }, ...mixed).then([relief.allocated({ lines: lines.map(earmarked) })]);
  });

  it('refuses more of one lot than there is', () => {
    allocating({ lot: 'L1', quantity: 11 }, ...mixed).thenRefused('NOT_ENOUGH_STOCK');
  });
});

describe('hub stock of a named earmark', () => {
  it('moves on to another one', () => {
    allocating({ from: 'FR' }, inLiege('FR', 480)).then([relief.allocated({ lines: [earmarked({ from: 'FR' })] })]);
  });

  it('is the only stock drawn from', () => {
    allocating({ from: 'FR' }, inLiege('FR', 99), inLiege('undecided', 480)).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('is found in any spelling of a group', () => {
    allocating({ from: 'SI+BE' }, inLiege('BE+SI', 480)).then([
      relief.allocated({ lines: [earmarked({ from: 'BE+SI' })] }),
    ]);
  });

  it('cannot move to the earmark it has', () => {
    allocating({ from: 'IT' }, inLiege('IT', 480)).thenInvalid('to');
  });
});

describe('an allocation', () => {
  it('is taken back, undecided unless said otherwise', () => {
    releasing({}, inLiege('IT', 480)).then([relief.released()]);
  });

  it('is taken back to a named earmark', () => {
    releasing({ to: 'Europe' }, inLiege('IT', 480)).then([
      relief.released({ lines: [earmarked({ from: 'IT', to: 'Europe' })] }),
    ]);
  });

  it('is not taken back beyond what is set aside', () => {
    releasing({ quantity: 481 }, inLiege('IT', 480), inLiege('undecided', 480)).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('is not taken back to itself', () => {
    releasing({ from: 'undecided' }, inLiege('undecided', 480)).thenInvalid('to');
  });

  it('is taken back once by a command given twice under one id', async () => {
    const decide = () => release(relief.release(), { status: 'open' }, where(inLiege('IT', 480)));
    expect(await givenTwice(hub, hubShapes, [relief.allocated()], decide)).toEqual([1, 0]);
  });
});
