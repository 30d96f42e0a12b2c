// tracking: what expires soon.
import type { ConsignmentFact, GoodsLine } from '../consignment/consignment.events.js';
import { account, type Account } from '../goods-ledger/account.js';
import type { Recorded } from '../kernel/recorded.js';
import { alertOf, expiringOf } from './expiring.js';

const names = { unit: () => 'piece', place: () => '', organisation: () => '', country: () => undefined };

describe('the alert', () => {
  it.each`
    expiry          | on              | alert
    ${'2020-03-30'} | ${'2020-03-31'} | ${'expired'}
    ${'2020-03-31'} | ${'2020-03-31'} | ${'red'}
    ${'2020-06-29'} | ${'2020-03-31'} | ${'red'}
    ${'2020-06-30'} | ${'2020-03-31'} | ${'yellow'}
    ${'2020-12-30'} | ${'2020-03-31'} | ${'yellow'}
    ${'2020-12-31'} | ${'2020-03-31'} | ${'none'}
  `('on $on for a last day of $expiry is $alert', ({ expiry, on, alert }) => {
    expect(alertOf(expiry, on)).toBe(alert);
  });
});

describe('a lot', () => {
  const line: GoodsLine = { item: 'MASK', donation: 'D-1', lot: 'L1', quantity: 10 };
  const said = (position: number, expiry: string) =>
    ({
      ...{ type: 'GoodsLost', position, happenedAt: '2020-03-01T00:00:00Z' },
      data: { consignment: 'C-1', cause: 'lost', lines: [{ ...line, expiry }] },
    }) as unknown as Recorded<ConsignmentFact>;
  const found = (where: Account, on: string, within: number, ...papers: Recorded<ConsignmentFact>[]) =>
    expiringOf([{ ...line, account: where }], new Map([['consignment-C-1', papers]]), { on, within }, names).map(
      ({ expiry, daysLeft }) => `${expiry} ${daysLeft}`,
    );

  const [hub, hospital] = [account('atHub', 'BELGG', 'IT'), account('deliveredConfirmed', 'HOSPITAL', 'IT')];

  it.each`
    where                                     | on              | within | shown
    ${hub}                                    | ${'2020-03-31'} | ${90}  | ${['2020-06-29 90']}
    ${hub}                                    | ${'2020-03-31'} | ${89}  | ${[]}
    ${hub}                                    | ${'2020-07-01'} | ${0}   | ${['2020-06-29 -2']}
    ${hospital}                               | ${'2020-06-29'} | ${0}   | ${['2020-06-29 0']}
    ${hospital}                               | ${'2020-07-01'} | ${0}   | ${[]}
    ${account('damaged', 'BELGG', 'IT')}      | ${'2020-06-29'} | ${90}  | ${[]}
    ${account('lost', 'C-1', 'IT', 'stolen')} | ${'2020-06-29'} | ${90}  | ${[]}
  `(
    'in $where.bucket that is good until 29 June: within $within days of $on $shown',
    ({ where, on, within, shown }) => {
      expect(found(where, on, within, said(1, '2020-06-29'))).toEqual(shown);
    },
  );

  it('expires when the paper recorded last says so', () => {
    expect(found(hub, '2020-03-31', 90, said(2, '2020-05-31'), said(1, '2020-06-29'))).toEqual(['2020-05-31 61']);
  });

  it('without a stated expiry is not listed', () => {
    expect(found(hub, '2020-03-31', 36_500)).toEqual([]);
  });
});
