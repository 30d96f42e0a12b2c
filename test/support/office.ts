// test support: the clerk, the log and the views without a framework around them; fast enough for random histories.
import 'reflect-metadata';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOMS } from '../../src/app.module.js';
import { SHAPES } from '../../src/contents.js';
import { CatalogueView } from '../../src/catalogue/catalogue.view.js';
import { ConsignmentView } from '../../src/consignment/consignment.view.js';
import { DonationView } from '../../src/donation/donation.view.js';
import { GoodsLedgerView } from '../../src/goods-ledger/goods-ledger.view.js';
import { Holds } from '../../src/hub-stock/holds.js';
import { LotView } from '../../src/lot/lot.view.js';
import type { EventStore } from '../../src/kernel/event-store.js';
import { InPlace, Projector } from '../../src/kernel/projector.js';
import { upcasting } from '../../src/kernel/shapes.js';
import { Turns } from '../../src/kernel/turns.js';
import { Transactions, type Answer } from '../../src/kernel/transact.js';
import { ordered } from '../../src/nest/circumstances.js';
import { Clerk } from '../../src/nest/clerk.js';
import { References } from '../../src/nest/references.js';
import { Attachments } from '../../src/store/attachments.js';
import { MemoryEventStore } from '../../src/store/memory.event-store.js';
import type { Stores } from '../../src/store/stores.js';
import { ViewsDatabase } from '../../src/store/views-database.js';
import { FixedClock } from './clock.js';
import { circumstances } from './relief.js';

export const OFFICE_VIEWS = [GoodsLedgerView, CatalogueView, DonationView, ConsignmentView, LotView] as const;

export class Office implements Stores {
  readonly clock = new FixedClock();
  readonly log: EventStore;
  readonly views: ViewsDatabase;
  readonly projector: Projector;
  readonly turns = new Turns();
  readonly attachments = new Attachments(join(tmpdir(), 'relief-office'));
  private readonly clerk: Clerk;
  private given = 0;

  constructor() {
    const memory = new MemoryEventStore(this.clock);
    this.log = upcasting(memory, SHAPES);
    this.views = ViewsDatabase.open(':memory:', memory, OFFICE_VIEWS);
    this.projector = new Projector(this.log, new InPlace(this.log, this.views));
    const references = new References(
      this.projector,
      this.views.view(CatalogueView),
      this.views.view(DonationView),
      this.ledger,
      new Holds(this.ledger, this.views.view(LotView), this.views.view(ConsignmentView)),
      this.attachments,
    );
    this.clerk = new Clerk(ROOMS, new Transactions(this.log, SHAPES), references, SHAPES, { clock: this.clock });
  }

  get ledger(): GoodsLedgerView {
    return this.views.view(GoodsLedgerView);
  }

  /** Gives a command by name and body, under an id of its own unless one is named. */
  async record(name: string, body: object, commandId = `command ${++this.given}`): Promise<Answer> {
    const command = ordered(this.clerk.command(name, body), { circumstances: circumstances(commandId) });
    return (await this.clerk.record([command]))[0]!;
  }

  async close(): Promise<void> {
    await this.projector.stop();
    this.views.close();
    await this.log.close();
  }
}
