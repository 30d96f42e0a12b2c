// hub: the rule book of counting stock and giving it up.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Holding } from '../goods-ledger/account.js';
import type { Fact } from '../kernel/recorded.js';
import type { CountStock, WriteOffStock } from './hub.commands.js';
import { hubShapes } from './hub.events.js';
import { hub, writeOff, type StockContext } from './hub.js';
import { count } from './stocktake.js';

const { givenUp, held, inLiege, shelved } = relief;

const sizes = new Map([['MASK/carton', 20]]);
const nothing: StockContext = { stock: [], damaged: [], unexplained: [], regions: [], sizes };
const carton = { name: 'carton', holds: 20 };
const missingFor = (destination: string, quantity: number) => held('unexplained', relief.HUB, destination, quantity);

const counting = (lines: CountStock['lines'], stock: Holding[], context: Partial<StockContext> = {}) =>
  given(hub).when((state) => count(relief.countStock({ lines }), state, { ...nothing, stock, ...context }));
const found = (...lines: Partial<ReturnType<typeof shelved>>[]) => [relief.stockCounted({ lines: lines.map(shelved) })];

describe('a stocktake', () => {
  it('says what the books say when all of it is there', () => {
    counting([{ item: 'MASK', counted: 480 }], [inLiege('undecided', 480)]).then(found({}));
  });

  it('finds stock missing', () => {
    counting([{ item: 'MASK', counted: 470 }], [inLiege('undecided', 480)]).then(found({ counted: 470 }));
  });

  it('finds nothing left', () => {
    counting([{ item: 'MASK', counted: 0 }], [inLiege('undecided', 480)]).then(found({ counted: 0 }));
  });

  it('says nothing of what was not mentioned', () => {
    const other = { ...inLiege('undecided', 50), item: 'VENTILATOR' };
    counting([{ item: 'MASK', counted: 480 }], [inLiege('undecided', 480), other]).then(found({}));
  });

  it('finds the free stock missing first: promises are kept as long as they can be', () => {
    counting([{ item: 'MASK', counted: 70 }], [inLiege('IT', 60), inLiege('undecided', 40)]).then(
      found({ destination: 'IT', book: 60, counted: 60 }, { book: 40, counted: 10 }),
    );
    counting([{ item: 'MASK', counted: 50 }], [inLiege('IT', 60), inLiege('undecided', 40)]).then(
      found({ destination: 'IT', book: 60, counted: 50 }, { book: 40, counted: 0 }),
    );
  });

  it('finds more than the books hold: it joins the stock it was counted with', () => {
    counting([{ item: 'MASK', counted: 482 }], [inLiege('undecided', 480)]).then(found({ counted: 482 }));
  });

  it('finds again what an earlier count missed, under the earmark it was missed from', () => {
    const unexplained = [missingFor('IT', 10)];
    counting([{ item: 'MASK', counted: 488 }], [inLiege('undecided', 480)], { unexplained }).then(
      found({}, { destination: 'IT', book: 0, counted: 8 }),
    );
    counting([{ item: 'MASK', counted: 492 }], [inLiege('undecided', 480)], { unexplained }).then(
      found({ counted: 482 }, { destination: 'IT', book: 0, counted: 10 }),
    );
  });

  it.each`
    asked                              | counted | line
    ${{ lot: 'L1' }}                   | ${9}    | ${{ lot: 'L1', book: 10, counted: 9 }}
    ${{ donation: 'ALIBABA-1' }}       | ${9}    | ${{ donation: 'ALIBABA-1', book: 30, counted: 9 }}
    ${{ earmark: 'SI+BE' }}            | ${9}    | ${{ destination: 'BE+SI', book: 20, counted: 9 }}
    ${{ earmark: 'BE+SI', lot: 'L1' }} | ${0}    | ${undefined}
  `('covers only $asked where that is said', ({ asked, counted, line }) => {
    const stock = [inLiege('undecided', 10, 'L1'), inLiege('BE+SI', 20), inLiege('undecided', 30, '', 'ALIBABA-1')];
    counting([{ item: 'MASK', counted, ...asked }], stock).then(line ? found(line) : found());
  });

  it('is kept in base units beside the pack it was counted in', () => {
    counting([{ item: 'MASK', counted: 24, pack: 'carton' }], [inLiege('undecided', 480)]).then([
      relief.stockCounted({ lines: [{ ...shelved(), pack: carton }] }),
    ]);
  });

  it('is not counted in packs the item does not come in', () => {
    counting([{ item: 'MASK', counted: 1, pack: 'pallet' }], [inLiege('undecided', 480)]).thenInvalid('lines.pack');
  });

  it('keeps who counted', () => {
    const command = relief.countStock({ countedBy: 'warehouse', note: 'monthly' });
    given(hub)
      .when((state) => count(command, state, { ...nothing, stock: [inLiege('undecided', 480)] }))
      .then([relief.stockCounted({ countedBy: 'warehouse', note: 'monthly' })]);
  });

  it('counted twice by one command id is recorded once', async () => {
    const decide = () =>
      count(relief.countStock(), { status: 'open' }, { ...nothing, stock: [inLiege('undecided', 480)] });
    expect(await givenTwice(hub, hubShapes, [], decide)).toEqual([1, 0]);
  });
});

describe('goods the books know nothing of', () => {
  it('join the stock as the gift of the donation that is named', () => {
    counting([{ item: 'MASK', counted: 5, donation: 'ALIBABA-1', lot: 'L1', earmark: 'SI+BE' }], []).then(
      found({ donation: 'ALIBABA-1', lot: 'L1', destination: 'BE+SI', book: 0, counted: 5 }),
    );
  });

  it('must say whose gift they are', () => {
    counting(
      [
        { item: 'MASK', counted: 0 },
        { item: 'MASK', counted: 5 },
      ],
      [],
    ).thenInvalid('lines[1].donation');
  });

  it('may be counted as none', () => {
    counting([{ item: 'MASK', counted: 0 }], []).then(found());
  });
});

const givingUp = (command: Partial<WriteOffStock>, context: Partial<StockContext>) =>
  given(hub).when((state) =>
    writeOff(relief.writeOff({ outOf: 'stock', ...command }), state, { ...nothing, ...context }),
  );

describe('goods that are given up', () => {
  it('leave the stock, for a cause', () => {
    givingUp({}, { stock: [inLiege('undecided', 480)] }).then([relief.writtenOff()]);
  });

  it.each(['damaged', 'unexplained'] as const)('leave what is %s, and no stock', (outOf) => {
    const pools = { stock: [inLiege('undecided', 480)], [outOf]: [held(outOf, relief.HUB, 'IT', 12)] };
    givingUp({ outOf }, pools).then([relief.writtenOff({ outOf, lines: [givenUp({ destination: 'IT' })] })]);
    givingUp({ outOf, quantity: 13 }, pools).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('are of one earmark where that is named', () => {
    const stock = [inLiege('undecided', 480), inLiege('BE+SI', 12)];
    givingUp({ earmark: 'SI+BE' }, { stock }).then([relief.writtenOff({ lines: [givenUp({ destination: 'BE+SI' })] })]);
    givingUp({ earmark: 'SI+BE', quantity: 13 }, { stock }).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('are not more than there are', () => {
    givingUp({ quantity: 480 }, { stock: [inLiege('undecided', 480)] }).then([
      relief.writtenOff({ lines: [givenUp({ quantity: 480 })] }),
    ]);
    givingUp({ quantity: 481 }, { stock: [inLiege('undecided', 480)] }).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('are not explained twice: a gap that was written off is closed', () => {
    givingUp({ outOf: 'unexplained', quantity: 1 }, { unexplained: [missingFor('IT', -3)] }).thenRefused(
      'NOT_ENOUGH_STOCK',
    );
  });

  it('are kept in base units beside the pack', () => {
    givingUp({ quantity: 2, pack: 'carton' }, { stock: [inLiege('undecided', 480)] }).then([
      relief.writtenOff({ lines: [{ ...givenUp({ quantity: 40 }), pack: carton }] }),
    ]);
  });

  it('are given up once by a command given twice under one id', async () => {
    const decide = () =>
      writeOff(
        relief.writeOff({ outOf: 'stock' }),
        { status: 'open' },
        { ...nothing, stock: [inLiege('undecided', 480)] },
      );
    expect(await givenTwice(hub, hubShapes, [], decide)).toEqual([1, 0]);
  });
});

describe('a write-off that is restated', () => {
  const restating = (quantity: number, stock: Holding[], instead: Fact = relief.writtenOff()) =>
    givingUp({ quantity }, { stock, instead });

  it('finds what the wrong one took', () => {
    restating(12, []).then([relief.writtenOff()]);
    restating(10, [inLiege('undecided', -2)]).then([relief.writtenOff({ lines: [givenUp({ quantity: 10 })] })]);
  });

  it('is never refused for want of stock', () => {
    restating(20, []).then([relief.writtenOff({ lines: [givenUp({ quantity: 12 }), givenUp({ quantity: 8 })] })]);
  });
});
