// cli: questions.
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { askCountries, namesIn } from '../country-report/ask-countries.js';
import { countryLayout } from '../country-report/country-report.answers.js';
import { CountryReportQuery } from '../country-report/country-report.queries.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { valid } from '../nest/validate.js';
import { rendered } from '../nest/report.answers.js';
import { STORES, type Stores } from '../store/stores.js';
import { withReports } from './session.js';

export async function reportCountries(folder: string, options: object): Promise<void> {
  const query = valid(CountryReportQuery, options);
  await withReports(folder, async (app) => {
    const { projector } = app.get<Stores>(STORES);
    const report = askCountries(query, app.get(GoodsLedgerView), app.get(CatalogueView), projector.checkpoint);
    process.stdout.write(
      `${rendered(report, countryLayout(namesIn(app.get(CatalogueView))), query.format ?? 'table').body.trimEnd()}\n`,
    );
  });
}
