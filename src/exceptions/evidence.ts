// exceptions: where they look things up, each thing once.
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import type { Bucket, Holding } from '../goods-ledger/account.js';
import type { AsOf } from '../goods-ledger/as-of.js';
import type { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import type { Owner } from './exception.js';
import { by } from './goods.js';
import type { Milestone, MilestonesView } from './milestones.view.js';

export interface Files {
  readonly ledger: GoodsLedgerView;
  readonly catalogue: CatalogueView;
  readonly milestones: MilestonesView;
}

/** A consignment as of the dates of the question. */
export interface Consignment {
  readonly id: string;
  readonly milestones: readonly Milestone[];
  /** Whom the goods are for. */
  readonly destinations: readonly string[];
  /** Where it left and where it goes. */
  readonly places: readonly string[];
  /** Who waits for it: the hub or country it goes to, itself when its dispatch was voided. */
  readonly receiver: Owner;
}

/**
 * The books and the milestones as of two dates. What it costs: holdings read every movement once, or once for each bucket
 * that is asked for; milestones are read by kind or by record, through an index. No entry of the log is read.
 */
export class Evidence {
  private everything: readonly Holding[] | undefined;
  private readonly buckets = new Map<Bucket, readonly Holding[]>();
  private lots: ReadonlyMap<string, Holding[]> | undefined;
  private readonly records = new Map<string, readonly Milestone[]>();
  private readonly moves = new Map<string, readonly MovementRow[]>();

  constructor(
    private readonly files: Files,
    readonly asOf: AsOf,
    /** The instant that ages are counted to. */
    readonly agesAt: number,
  ) {}

  get milestones(): MilestonesView {
    return this.files.milestones;
  }

  /** Everybody's holdings that are not zero. */
  holdings(): readonly Holding[] {
    return (this.everything ??= this.files.ledger.holdingsAsOf(this.asOf, {}));
  }

  /** Holdings of some kinds by their holder. */
  heldBy(...buckets: readonly Bucket[]): ReadonlyMap<string, Holding[]> {
    const held = buckets.flatMap((bucket) => this.held(bucket));
    return by(({ account }) => account.holder, held);
  }

  /** Holdings of one kind; of all holdings when these were read already. */
  held(bucket: Bucket): readonly Holding[] {
    return remembered(this.buckets, bucket, () =>
      this.everything
        ? this.everything.filter(({ account }) => account.bucket === bucket)
        : this.files.ledger.holdingsAsOf(this.asOf, { bucket }),
    );
  }

  /** What lies at hubs and is under way of one lot. */
  ofLot(item: string, lot: string): readonly Holding[] {
    this.lots ??= by(({ item, lot }) => `${item}/${lot}`, [...this.held('atHub'), ...this.held('inTransit')]);
    return this.lots.get(`${item}/${lot}`) ?? [];
  }

  consignment(id: string): Consignment {
    const milestones = this.record(`consignment-${id}`);
    const dispatched = milestones.find(({ kind }) => kind === 'dispatched');
    return {
      id,
      milestones,
      destinations: dispatched?.details.destinations ?? [],
      places: dispatched ? [dispatched.from, dispatched.to] : [],
      receiver: this.whoIsAt(dispatched?.to) ?? { kind: 'consignment', id },
    };
  }

  record(stream: string): readonly Milestone[] {
    return remembered(this.records, stream, () => this.milestones.ofRecord(this.asOf, stream));
  }

  /** Movements that the entries of one record booked. */
  movements(stream: string): readonly MovementRow[] {
    return remembered(this.moves, stream, () => this.files.ledger.movements(this.asOf, { stream }));
  }

  /** Movements of pieces like these, whoever booked them; reads every movement. */
  movementsOf({ item, donation, lot }: Holding): readonly MovementRow[] {
    const line = { item, donation, lot };
    return remembered(this.moves, JSON.stringify(line), () => this.files.ledger.movements(this.asOf, line));
  }

  countryOf(place: string): string | undefined {
    return this.files.catalogue.one('place', place)?.country;
  }

  unitOf(item: string): string {
    return this.files.catalogue.one('item', item)?.unit ?? '';
  }

  /** The hub, or the country of any other place. */
  whoIsAt(place: string | undefined): Owner | undefined {
    const known = place === undefined ? undefined : this.files.catalogue.one('place', place);
    if (!known) return undefined;
    return known.kind === 'hub' ? { kind: 'hub', id: known.place } : { kind: 'country', id: known.country };
  }

  /** A holder of stock is a registered place, a holder of goods under way is not. */
  ownerOf(holder: string): Owner & { kind: 'hub' | 'consignment' } {
    return { kind: this.countryOf(holder) === undefined ? 'consignment' : 'hub', id: holder };
  }

  streamOf(holder: string): string {
    return `${this.ownerOf(holder).kind}-${holder}`;
  }
}

function remembered<K, T>(known: Map<K, T>, key: K, look: () => T): T {
  const value = known.get(key) ?? look();
  known.set(key, value);
  return value;
}
