// statement: the question.
import { limitsFor } from '../goods-ledger/as-of.js';
import { askedFor } from '../goods-ledger/asked-for.js';
import { historiesOf } from '../goods-ledger/histories.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import { defineReport } from '../nest/report.definition.js';
import { periodOf } from './period.js';
import { balances, statementRows } from './statement.js';
import { layoutOf, linesOf, type StatementLine } from './statement.layout.js';
import { StatementQuery } from './statement.queries.js';

export const statementReport = defineReport<StatementQuery, StatementLine>({
  name: 'statement',
  description: 'what came and went for a country in a period: opening balance, each movement, closing balance',
  query: StatementQuery,
  options: [
    { flags: '--country <code>', description: 'the country (IT) or destination (Africa, BE+FR+SI, undecided)' },
    { flags: '--from <date>', description: 'first day of the period' },
    { flags: '--to <date>', description: 'last day of the period; --until says the same' },
    { flags: '--item <item>', description: 'only this item, for example MASK' },
  ],
  async ask(query, { ledger, catalogue, log, checkpoint }) {
    const { destination = query.country, item } = askedFor(query, catalogue);
    const { from, to } = periodOf(query);
    const { timeZone } = query;
    const known = limitsOf({ knownAt: query.knownAt, timeZone });
    const limits = { until: to, ...known };
    const { before, movements, after } = ledger.steady(() => ({
      before: ledger.totals({ until: from - 1, ...known }),
      movements: ledger.movements(limits, { destination, item, since: from }),
      after: ledger.totals(limits),
    }));
    const isAsked = (total: { destination: string; item: string }) =>
      total.destination === destination && (item ?? total.item) === total.item;
    const [opened, closed] = [before.filter(isAsked), after.filter(isAsked)];
    const items = [...new Set([...opened, ...movements, ...closed].map((of) => of.item))].sort();
    const unitOf = (of: string) => catalogue.one('item', of)?.unit ?? '';
    const histories = await historiesOf(movements, log);
    const { knownAt } = limitsFor(limits);
    const asOf = asOfAnswer(limits, checkpoint);
    const statement = {
      ...{ country: destination, from: new Date(from).toISOString(), opening: balances(opened, items, unitOf) },
      rows: statementRows(movements, { destination, histories, knownAt, unitOf }),
      closing: balances(closed, items, unitOf),
    };
    return {
      // People and spreadsheets read one list from top to bottom; JSON keeps its parts apart.
      report: { asOf, rows: linesOf(statement, asOf.until!), toJSON: () => ({ asOf, ...statement }) },
      layout: layoutOf(destination, statement.from, timeZone),
    };
  },
});
