// nest: the house around the rooms: log and views, the clerk, a bus handler for every command.
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
  type Type,
} from '@nestjs/common';
import { CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { VIEWS } from '../contents.js';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { ConsignmentView } from '../consignment/consignment.view.js';
import { DonationView } from '../donation/donation.view.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { Metrics } from '../health/metrics.js';
import { Holds } from '../hub-stock/holds.js';
import { LotView } from '../lot/lot.view.js';
import type { Command } from '../kernel/command.js';
import { observed } from '../kernel/observed.js';
import { Readiness } from '../kernel/readiness.js';
import type { AnyShapes } from '../kernel/shapes.js';
import { Transactions, type Answer } from '../kernel/transact.js';
import { STORES, type Stores } from '../store/stores.js';
import { Clerk } from './clerk.js';
import { Recorder } from './recorder.js';
import { Records } from './records.js';
import { References } from './references.js';
import { Reporter } from './reporter.js';
import type { Room } from './room.js';

@Module({})
export class HouseModule implements OnApplicationShutdown {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** The house over stores that are open already; it closes them when it ends. */
  static over(stores: Stores, rooms: readonly Room[], shapes: AnyShapes): DynamicModule {
    const commands = rooms.flatMap(({ rows, correction }) => [
      ...rows.map(({ command }) => command),
      correction.command,
    ]);
    const views = VIEWS.map((view): Provider => {
      return { provide: view, useValue: stores.views.view(view) };
    });
    return {
      module: HouseModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: STORES, useValue: stores },
        Readiness,
        {
          provide: Metrics,
          inject: [Readiness],
          useFactory: (readiness: Readiness) => new Metrics(stores, readiness),
        },
        ...views,
        {
          provide: References,
          inject: [CatalogueView, DonationView, GoodsLedgerView, Holds],
          useFactory: (...views: [CatalogueView, DonationView, GoodsLedgerView, Holds]) =>
            new References(stores.projector, ...views, stores.attachments),
        },
        {
          provide: Holds,
          inject: [GoodsLedgerView, LotView, ConsignmentView],
          useFactory: (...views: [GoodsLedgerView, LotView, ConsignmentView]) => new Holds(...views),
        },
        {
          provide: Clerk,
          inject: [References, Metrics],
          useFactory: (references: References, metrics: Metrics) =>
            new Clerk(rooms, new Transactions(observed(stores.log, metrics), shapes), references, shapes, {
              turns: stores.turns,
              ended: (command, result) => metrics.commandEnded(command, result),
            }),
        },
        Recorder,
        Records,
        Reporter,
        ...commands.map(handlerOf),
      ],
      exports: [
        STORES,
        Readiness,
        Metrics,
        ...VIEWS,
        References,
        Holds,
        Clerk,
        Recorder,
        Records,
        Reporter,
        CqrsModule,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stores.close();
  }
}

function handlerOf(command: Type<Command>): Provider {
  const name = `${command.name}Handler`;
  const Handler = {
    [name]: class {
      constructor(private readonly clerk: Clerk) {}

      async execute(given: Command): Promise<Answer> {
        return (await this.clerk.record([given]))[0]!;
      }
    },
  }[name]!;
  CommandHandler(command as Type<never>)(Handler);
  return { provide: Handler, inject: [Clerk], useFactory: (clerk: Clerk) => new Handler(clerk) };
}
