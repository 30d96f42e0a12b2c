// hub stock: the question.
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import type { AsOf } from '../goods-ledger/as-of.js';
import { askedFor } from '../goods-ledger/asked-for.js';
import { Invalid, Unknown } from '../kernel/errors.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Column } from '../nest/report.answers.js';
import { defineReport, type Sources } from '../nest/report.definition.js';
import { arrivalsAt, receivedByConsignment } from './arrivals.js';
import { reasonOf, stockRows, type Found, type HubStockRow } from './hub-stock.js';
import { HubStockQuery } from './hub-stock.queries.js';
import { stockAsOf } from './stock-as-of.js';

const COLUMNS: readonly Column<HubStockRow>[] = [
  { heading: 'item', field: 'item', of: ({ item }) => item },
  { heading: 'donation', field: 'donation', of: ({ donation }) => donation },
  { heading: 'lot', field: 'lot', of: ({ lot }) => lot },
  { heading: 'earmark', field: 'earmark', of: ({ earmark }) => earmark },
  { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
  { heading: 'quantity', field: 'quantity', of: ({ quantity }) => quantity },
  { heading: 'in packs', field: 'inPacks', of: (row) => row.inPacks },
  { heading: 'free', field: 'free', of: (row) => row.free },
  { heading: 'at customs', field: 'heldByCustoms', of: (row) => row.heldByCustoms, zeroHides: true },
  { heading: 'lot stopped', field: 'heldByLot', of: (row) => row.heldByLot, zeroHides: true },
  { heading: 'damaged', field: 'damaged', of: ({ damaged }) => damaged, zeroHides: true },
  { heading: 'expiry', field: 'expiry', of: ({ expiry }) => expiry },
  { heading: 'oldest since', field: 'oldestSince', of: (row) => row.oldestSince, csvOnly: true },
  { heading: 'days here', field: 'dwellDays', of: (row) => row.dwellDays },
  { heading: 'must not leave', field: 'reasons', of: ({ holds }) => holds.map(reasonOf).join('; ') },
];

export const hubStockReport = defineReport<HubStockQuery, HubStockRow>({
  name: 'hub-stock',
  description: 'what lies at a hub, what of it may leave, what is held and why',
  query: HubStockQuery,
  options: [
    { flags: '--hub <place>', description: 'the hub, for example BELGG' },
    { flags: '--item <item>', description: 'only this item, for example MASK' },
  ],
  async ask({ hub, item, ...query }, sources) {
    const { catalogue, milestones, checkpoint } = sources;
    const name = hubName(hub, catalogue);
    const limits = limitsOf(query);
    const at = limits.until ?? limits.knownAt ?? milestones.latestRecording();
    const found = await foundAt(hub, askedFor({ item }, catalogue).item, limits, sources);
    const report = {
      asOf: asOfAnswer(limits, checkpoint),
      daysCountedTo: new Date(at).toISOString(),
      rows: stockRows(found, (of) => catalogue.one('item', of), at),
    };
    return { report, layout: { title: `Stock at ${hub} ${name}`, columns: COLUMNS } };
  },
});

/** Asks the views before it waits for the log, so that all of it stands at one checkpoint. */
function foundAt(hub: string, item: string | undefined, limits: AsOf, sources: Sources): Promise<Found> | Found {
  const { ledger, holds, lots } = sources;
  return ledger.steady(() => {
    const which = { holder: hub, ...(item && { item }) };
    const damaged = ledger.holdingsAsOf(limits, { bucket: 'damaged', ...which });
    const holdings = ledger.holdingsAsOf(limits, { bucket: 'atHub', ...which });
    const items = new Set(holdings.map((held) => held.item));
    const movements = [...items].flatMap((of) => ledger.movements(limits, { item: of }));
    const arrivals = arrivalsAt(hub, movements);
    if (limits.until === undefined && limits.knownAt === undefined) {
      const lines = holds.stock(hub).filter((line) => items.has(line.item));
      return { lines, damaged, arrivals, expiries: lots.expiries() };
    }
    const stood = stockAsOf(limits, holdings, receivedByConsignment(hub, movements), sources);
    return stood.then((stock) => ({ ...stock, damaged, arrivals }));
  });
}

function hubName(hub: string, catalogue: CatalogueView): string {
  const place = catalogue.one('place', hub);
  if (!place) throw new Unknown('hub', hub, 'See "relief catalogue places".');
  if (place.kind === 'hub') return place.name;
  throw new Invalid([{ field: 'hub', rule: `must be a hub; ${hub} is registered as ${place.kind}`, value: hub }]);
}
