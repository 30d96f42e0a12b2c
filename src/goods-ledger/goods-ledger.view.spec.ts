// goods ledger: the double entry as rows of a database.
import * as relief from '../../test/support/relief.js';
import type { Fact, Recorded } from '../kernel/recorded.js';
import { ViewsDatabase } from '../store/views-database.js';
import type { AsOf } from './as-of.js';
import { GoodsLedgerView } from './goods-ledger.view.js';
import { balanceRows, ledgerSums, negativeBalances, totalRows } from './ledger-rows.js';

const { corrected, counted, held, inLiege, load } = relief;

class Ledger {
  readonly views = ViewsDatabase.open(':memory:', relief.LOG, [GoodsLedgerView]);
  readonly view = this.views.view(GoodsLedgerView);
  private readonly log: Recorded[] = [];

  /** Records facts of one stream, each on its own page. */
  post(stream: string, ...facts: readonly Fact[]): this {
    for (const fact of facts) {
      const version = this.log.filter((entry) => entry.stream === stream).length;
      this.apply(relief.entry(fact, { stream, version, position: this.log.length + 1 }));
    }
    return this;
  }

  apply(entry: Recorded): void {
    this.log.push(entry);
    const history = this.log.filter(({ stream }) => stream === entry.stream);
    this.views.apply([{ entry, ...(entry.type === 'EntryCorrected' && { history }) }]);
  }

  totals(asOf: AsOf = {}): string[] {
    return this.view
      .totals(asOf)
      .map(({ destination, item, bucket, quantity }) => `${destination} ${item} ${bucket} ${quantity}`)
      .sort();
  }
}

const CONSIGNMENT = `consignment-${relief.CONSIGNMENT}`;
const counted472 = relief.received({ lines: [counted({ good: 472 })] });

describe('the goods ledger', () => {
  it('is empty before the first fact', () => {
    const ledger = new Ledger();
    expect([ledger.totals(), balanceRows(ledger.views.db)]).toEqual([[], []]);
  });

  it('keeps who holds what', () => {
    const { view } = new Ledger().post(CONSIGNMENT, relief.dispatched(), counted472);
    expect(view.holdings('atHub', relief.HUB)).toEqual([inLiege('undecided', 472)]);
    expect(view.holdings('unexplained', relief.CONSIGNMENT)).toEqual([
      held('unexplained', relief.CONSIGNMENT, 'undecided', 8),
    ]);
    expect(view.holdings('inTransit', relief.CONSIGNMENT)).toEqual([]);
  });

  it('adds up per destination, item and bucket', () => {
    const ledger = new Ledger()
      .post(`donation-${relief.DONATION}`, relief.pledged())
      .post(CONSIGNMENT, relief.dispatched(), counted472)
      .post(`hub-${relief.HUB}`, relief.allocated());
    expect(ledger.totals()).toEqual([
      'IT MASK atHub 100',
      'IT MASK pledged 500',
      'undecided MASK atHub 372',
      'undecided MASK unexplained 8',
    ]);
  });

  it('says the same of a correction as if the right thing had been said at once', () => {
    const right = new Ledger().post(CONSIGNMENT, relief.dispatched(), counted472);
    const wrong = new Ledger().post(
      CONSIGNMENT,
      relief.dispatched(),
      relief.received(),
      corrected(`${relief.CONSIGNMENT}@1`, counted472),
    );
    expect(balanceRows(wrong.views.db)).toEqual(balanceRows(right.views.db));
    expect(totalRows(wrong.views.db)).toEqual(totalRows(right.views.db));
  });

  it('knows a correction from the day it was reported on, for the day the wrong entry happened', () => {
    const ledger = new Ledger().post(CONSIGNMENT, relief.dispatched(), relief.received());
    const stream = CONSIGNMENT;
    const reportedAt = '2020-03-20T08:00:00.000Z';
    ledger.apply(
      relief.entry(corrected(`${relief.CONSIGNMENT}@1`, counted472), {
        stream,
        version: 2,
        position: 3,
        reportedAt,
        recordedAt: reportedAt,
      }),
    );
    const until = Date.parse(relief.HAPPENED);
    expect(ledger.totals({ until, knownAt: Date.parse(reportedAt) - 1 })).toEqual(['undecided MASK atHub 480']);
    expect(ledger.totals({ until, knownAt: Date.parse(reportedAt) })).toEqual([
      'undecided MASK atHub 472',
      'undecided MASK unexplained 8',
    ]);
    expect(ledger.totals({ until: until - 1 })).toEqual([]);
  });

  it('sums to zero for every item, donation and lot', () => {
    const { views } = new Ledger().post(
      CONSIGNMENT,
      relief.dispatched({ lines: [load(), load({ lot: 'L1' })] }),
      relief.delivered(),
    );
    expect(ledgerSums(views.db).map(({ quantity }) => quantity)).toEqual([0, 0]);
  });

  it('names balances below zero, except those of donors and promises', () => {
    const surplus = relief.received({ lines: [counted({ good: 488 })] });
    const { views } = new Ledger()
      .post(`donation-${relief.DONATION}`, relief.pledged())
      .post(CONSIGNMENT, relief.dispatched(), surplus);
    expect(negativeBalances(views.db)).toEqual([
      `unexplained/${relief.CONSIGNMENT}/undecided/ MASK/${relief.DONATION}/: -8`,
    ]);
  });
});
