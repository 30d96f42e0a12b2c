// nest: answers what commands mention: from the views, and once more when they have caught up.
import type { CatalogueKind, Item, Organisation, Place } from '../catalogue/catalogue.events.js';
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import type { DonationRow, DonationView } from '../donation/donation.view.js';
import type { Attachment } from '../consignment/consignment.events.js';
import type { Bucket, Holding } from '../goods-ledger/account.js';
import type { InSizes } from '../goods-ledger/packs.js';
import type { StockLine } from '../goods-ledger/stock.js';
import type { Holds } from '../hub-stock/holds.js';
import type { Attachments } from '../store/attachments.js';
import type { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { Unknown } from '../kernel/errors.js';
import type { Projector } from '../kernel/projector.js';

const ADVICE: Record<CatalogueKind, string> = {
  item: 'Register it in the catalogue, or see "relief catalogue items".',
  place: 'Register it in the catalogue, or see "relief catalogue places".',
  organisation: 'Register it in the catalogue, or see "relief catalogue organisations".',
  route: 'Register it in the catalogue, or see "relief catalogue routes".',
};

export class References {
  constructor(
    private readonly projector: Projector,
    private readonly catalogue: CatalogueView,
    private readonly donations: DonationView,
    private readonly ledger: GoodsLedgerView,
    private readonly holds: Holds,
    private readonly files: Attachments,
  ) {}

  item(id: string): Promise<Item> {
    return this.find('item', id, () => this.catalogue.one('item', id), ADVICE.item);
  }

  place(id: string): Promise<Place> {
    return this.find('place', id, () => this.catalogue.one('place', id), ADVICE.place);
  }

  organisation(id: string): Promise<Organisation> {
    return this.find('organisation', id, () => this.catalogue.one('organisation', id), ADVICE.organisation);
  }

  donation(id: string): Promise<DonationRow> {
    return this.find('donation', id, () => this.donations.one(id), 'Pledge it first.');
  }

  /** Items and donations that lines mention; answers the packs their items come in. */
  async lines(lines: readonly { item: string; donation?: string }[]): Promise<InSizes> {
    const sizes = new Map<string, number>();
    for (const id of new Set(lines.map(({ item }) => item))) {
      // Nobody waits for what is known already, which is nearly everything.
      const { packs } = this.catalogue.one('item', id) ?? (await this.item(id));
      for (const { name, holds } of packs) sizes.set(`${id}/${name}`, holds);
    }
    for (const id of new Set(lines.map(({ donation }) => donation))) {
      if (id && !this.donations.one(id)) await this.donation(id);
    }
    return { sizes };
  }

  /** Photos and scans that were uploaded before. */
  attachments(hashes: readonly string[] = []): Attachment[] {
    return hashes.map((hash) => this.files.about(hash) ?? missing('attachment', hash, 'Upload it first.'));
  }

  /** Countries and regions that destinations mention. */
  async destinations(destinations: readonly (string | undefined)[]): Promise<void> {
    for (const destination of new Set(destinations)) {
      if (!destination || destination === 'undecided') continue;
      if (/^[A-Z]{2}(\+|$)/.test(destination)) for (const country of destination.split('+')) await this.place(country);
      else
        await this.find(
          'region',
          destination,
          () => this.isRegion(destination),
          'Use a UN M49 region name such as Africa.',
        );
    }
  }

  /** False only for a place that is registered as something else than a hub. */
  mayBeHub(place: string): boolean {
    return (this.catalogue.one('place', place)?.kind ?? 'hub') === 'hub';
  }

  /** What a holder holds in a bucket now, everything recorded so far included. */
  async holdings(bucket: Bucket, holder: string): Promise<readonly Holding[]> {
    await this.projector.catchUp();
    return this.ledger.holdings(bucket, holder);
  }

  /** What lies at a hub now and what of it must not leave, everything recorded so far included. */
  async stock(hub: string): Promise<readonly StockLine[]> {
    await this.projector.catchUp();
    return this.holds.stock(hub);
  }

  private isRegion(name: string): true | undefined {
    return this.catalogue.all('place').some(({ regions }) => regions.includes(name)) || undefined;
  }

  private async find<T>(kind: string, id: string, look: () => T | undefined, advice: string): Promise<T> {
    const known = look();
    if (known) return known;
    await this.projector.catchUp();
    const now = look();
    if (now) return now;
    return missing(kind, id, advice);
  }
}

function missing(kind: string, id: string, advice: string): never {
  throw new Unknown(kind, id, advice);
}
