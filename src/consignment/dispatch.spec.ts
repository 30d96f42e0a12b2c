// consignment: the rule book of leaving.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Holding } from '../goods-ledger/account.js';
import type { DispatchConsignment } from './consignment.commands.js';
import type { Fact } from '../kernel/recorded.js';
import { consignmentShapes } from './consignment.events.js';
import { consignment, type Consignment } from './consignment.js';
import { dispatch, type DispatchContext } from './dispatch.js';

const { corrected, goods, inLiege, load } = relief;

const toHub: DispatchContext = { to: { country: 'BE', kind: 'hub' }, ...relief.IN_PIECES };
const toItaly: DispatchContext = { to: { country: 'IT', kind: 'country' }, ...relief.IN_PIECES };

const stock = { item: 'MASK', quantity: 100 };
const leaving = (command: Partial<DispatchConsignment>, context = toHub, ...facts: Fact[]) =>
  given(consignment, facts).when((state) => dispatch(relief.dispatch(command), state, context));

describe('a consignment that leaves a donor', () => {
  it('is dispatched, undecided while it travels to a hub', () => {
    leaving({}).then([relief.dispatched()]);
  });

  it('is meant for the country it travels to', () => {
    leaving({ to: 'IT' }, toItaly).then([relief.dispatchedToItaly()]);
  });

  it('is meant for whom its lines say, spelt in one way', () => {
    const lines = (destination: string) => [{ ...goods(), destination }];
    leaving({ lines: lines('SI+BE') }).then([relief.dispatched({ lines: lines('BE+SI') })]);
  });

  it('keeps how it travels, and only what was stated of it', () => {
    leaving({ mode: 'air', waybill: '112-70034414' }).then([
      relief.dispatched({ transport: { mode: 'air', waybill: '112-70034414' } }),
    ]);
  });

  it('keeps the lot of its goods', () => {
    leaving({ lines: [{ ...stock, donation: relief.DONATION, lot: 'L1' }] }).then([
      relief.dispatched({ lines: [load({ lot: 'L1', quantity: 100 })] }),
    ]);
  });

  it('must say whose gift each line is', () => {
    leaving({ lines: [{ ...stock, donation: relief.DONATION }, stock] }).thenInvalid('lines[1].donation');
  });

  it('leaves once by a command given twice under one id', async () => {
    const decide = (state: Consignment) => dispatch(relief.dispatch(), state, toHub);
    expect(await givenTwice(consignment, consignmentShapes, [], decide)).toEqual([1, 0]);
  });

  it('may leave again when its dispatch was voided, whatever was recorded since', () => {
    leaving({}, toHub, relief.dispatched(), relief.arrived(), corrected('test@0')).then([relief.dispatched()]);
  });
});

describe('a consignment that leaves a hub', () => {
  const taking = (lines: DispatchConsignment['lines'], ...stock: Holding[]) =>
    leaving(
      { from: relief.HUB, to: 'IT', lines },
      { ...toItaly, stock: stock.map((held) => ({ ...held, holds: [] })) },
    );
  const taken = (...lines: Partial<ReturnType<typeof load>>[]) => [
    relief.dispatched({
      ...{ from: relief.HUB, fromHub: true, to: 'IT', country: 'IT' },
      lines: lines.map((line) => load({ destination: 'IT', ...line })),
    }),
  ];

  it.each`
    wanted | lines
    ${100} | ${[{ quantity: 100, earmark: 'IT' }]}
    ${400} | ${[{ quantity: 400, earmark: 'IT' }]}
    ${480} | ${[{ quantity: 400, earmark: 'IT' }, { quantity: 80, earmark: 'undecided' }]}
  `('takes $wanted out of the stock set aside for its destination, then of free stock', ({ wanted, lines }) => {
    taking([{ item: 'MASK', quantity: wanted }], inLiege('undecided', 80), inLiege('IT', 400)).then(taken(...lines));
  });

  it.each`
    stock                              | wanted | held
    ${'than there is'}                 | ${481} | ${[inLiege('undecided', 80), inLiege('IT', 400)]}
    ${'of what others were set aside'} | ${1}   | ${[inLiege('FR', 480), inLiege('Europe', 480), inLiege('FR+IT', 480)]}
    ${'of another item'}               | ${1}   | ${[{ ...inLiege('IT', 480), item: 'VENTILATOR' }]}
    ${'out of an overdrawn earmark'}   | ${1}   | ${[inLiege('IT', -5)]}
    ${'out of an empty hub'}           | ${1}   | ${[]}
  `('takes no more $stock', ({ wanted, held }) => {
    taking([{ item: 'MASK', quantity: wanted }], ...held).thenRefused('NOT_ENOUGH_STOCK');
  });

  it('does not let two lines take the same pieces', () => {
    taking([stock, stock], inLiege('IT', 199)).thenRefused('NOT_ENOUGH_STOCK');
    taking([stock, stock], inLiege('IT', 200)).then(
      taken({ quantity: 100, earmark: 'IT' }, { quantity: 100, earmark: 'IT' }),
    );
  });

  it('splits a line over donations and lots', () => {
    taking([stock], inLiege('IT', 60, 'L1'), inLiege('IT', 60, 'L2', 'ALIBABA-1')).then(
      taken(
        { quantity: 60, lot: 'L1', earmark: 'IT' },
        { quantity: 40, lot: 'L2', donation: 'ALIBABA-1', earmark: 'IT' },
      ),
    );
  });

  it.each`
    named                            | lot     | donation
    ${{ lot: 'L2' }}                 | ${'L2'} | ${'ALIBABA-1'}
    ${{ donation: 'ALIBABA-1' }}     | ${'L2'} | ${'ALIBABA-1'}
    ${{ donation: relief.DONATION }} | ${'L1'} | ${relief.DONATION}
  `('takes only $named', ({ named, lot, donation }) => {
    const mixed = [inLiege('IT', 100, 'L1'), inLiege('IT', 100, 'L2', 'ALIBABA-1')];
    taking([{ ...stock, ...named }], ...mixed).then(taken({ quantity: 100, lot, donation, earmark: 'IT' }));
    taking([{ ...stock, ...named, quantity: 101 }], ...mixed).thenRefused('NOT_ENOUGH_STOCK');
  });
});

describe('a consignment that left', () => {
  const lines = [load({ destination: 'IT' }), load({ item: 'VENTILATOR', destination: 'IT', quantity: 8 })];
  const given = { to: 'IT', mode: 'air' as const, lines };
  const left = relief.dispatchedToItaly({ transport: { mode: 'air' }, lines });

  it.each`
    repeated                           | command
    ${'in the same words'}             | ${given}
    ${'with its lines in other order'} | ${{ ...given, lines: lines.toReversed() }}
    ${'with a line in two parts'}      | ${{ ...given, lines: [...lines.slice(1), { ...lines[0], quantity: 400 }, { ...lines[0], quantity: 80 }] }}
    ${'without what is understood'}    | ${{ ...given, lines: lines.map(({ destination: _, ...line }) => line) }}
    ${'with another note'}             | ${{ ...given, note: 'again' }}
  `('makes nothing of its dispatch $repeated', ({ command }) => {
    leaving(command, toItaly, left).thenNothing();
  });

  it.each`
    other                    | command
    ${'another place'}       | ${{ ...given, from: 'CNSHA' }}
    ${'another goal'}        | ${{ ...given, to: 'ITROM' }}
    ${'another vehicle'}     | ${{ ...given, vehicle: 'AF1234' }}
    ${'another quantity'}    | ${{ ...given, lines: [lines[0], { ...lines[1], quantity: 9 }] }}
    ${'another destination'} | ${{ ...given, lines: [lines[0], { ...lines[1], destination: 'FR' }] }}
    ${'a line less'}         | ${{ ...given, lines: [lines[0]] }}
  `('refuses its number for a dispatch with $other', ({ command }) => {
    leaving(command, toItaly, left).thenRefused('CONSIGNMENT_EXISTS');
  });
});
