// explain: the question.
import { limitsFor, type AsOf, type Total } from '../goods-ledger/as-of.js';
import { askedFor, type AskedFor } from '../goods-ledger/asked-for.js';
import { historiesOf } from '../goods-ledger/histories.js';
import { Invalid } from '../kernel/errors.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import { defineReport } from '../nest/report.definition.js';
import { ExplainQuery, pairOfDates } from './explain.queries.js';
import { layoutOf } from './explained.layout.js';
import { differences, explainedRows, type ExplainedRow } from './explanation.js';

export const explainReport = defineReport<ExplainQuery, ExplainedRow>({
  name: 'explain',
  ownDates: true,
  description: 'why do two country reports differ: the entries that make the difference',
  query: ExplainQuery,
  options: [
    { flags: '--from <until,known-at>', description: 'the first report: two dates, either may be left empty' },
    { flags: '--to <until,known-at>', description: 'the second report' },
    { flags: '--country <code>', description: 'only this country (IT) or destination (Africa, BE+FR+SI, undecided)' },
    { flags: '--item <item>', description: 'only this item, for example MASK' },
    { flags: '--limit <rows>', description: 'rows to list, 1000 when left out; all others are summed' },
  ],
  async ask(query, { ledger, catalogue, log, checkpoint }) {
    refuseOwnDates(query);
    const asked = askedFor(query, catalogue);
    const [from, to] = [limitsOfPair(query.from, query), limitsOfPair(query.to, query)];
    const { before, after, changes } = ledger.steady(() => ({
      before: ledger.totals(from).filter(isAskedFor(asked)),
      after: ledger.totals(to).filter(isAskedFor(asked)),
      changes: ledger.changes(from, to, { ...asked, limit: query.limit }),
    }));
    const rows = explainedRows(changes, limitsFor(from), await historiesOf(changes.listed, log));
    const difference = differences(before, after);
    const dates = { from: asOfAnswer(from, checkpoint), to: asOfAnswer(to, checkpoint) };
    return {
      report: { asOf: dates.to, ...dates, difference, rows },
      layout: layoutOf(dates.from, { before, after }, query.timeZone),
    };
  },
});

/** Each report has its own pair of dates; a third one would be taken for a limit and be none. */
function refuseOwnDates({ until, knownAt }: ExplainQuery): void {
  for (const [field, value] of Object.entries({ until, knownAt })) {
    if (value !== undefined) throw new Invalid([{ field, rule: 'is part of from and to: UNTIL,KNOWNAT', value }]);
  }
}

function limitsOfPair(pair: string, { timeZone }: ExplainQuery): AsOf {
  return limitsOf({ ...pairOfDates(pair), ...(timeZone !== undefined && { timeZone }) });
}

function isAskedFor({ destination, item }: AskedFor): (total: Total) => boolean {
  return (total) => (destination ?? total.destination) === total.destination && (item ?? total.item) === total.item;
}
