// cli: what is registered.
import type { CatalogueKind } from '../catalogue/catalogue.events.js';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { textTable } from '../kernel/text-table.js';
import type { Place } from '../store/place.js';
import { withReports } from './session.js';

/** Prints the registered things of a kind as a table of reference and name. */
export async function printCatalogue(place: Place, kind: CatalogueKind): Promise<void> {
  await withReports(place, async (app) => {
    const catalogue = app.get(CatalogueView);
    const rows = {
      item: () => catalogue.all('item').map(({ item, name, unit }) => [item, name, unit]),
      place: () => catalogue.all('place').map(({ place, name, kind, country }) => [place, name, `${kind}, ${country}`]),
      organisation: () =>
        catalogue.all('organisation').map(({ organisation, name, country = '' }) => [organisation, name, country]),
      route: () =>
        catalogue
          .all('route')
          .map(({ route, from, to, targetHours }) => [route, `${from} to ${to}`, `${targetHours} hours`]),
    }[kind]();
    process.stdout.write(textTable(['reference', 'name', ''], rows, 3));
  });
}
