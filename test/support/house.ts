// test support: the whole application in memory, with its default catalogue and what the fixtures mention.
import { NestFactory } from '@nestjs/core';
import { AppModule, openFor } from '../../src/app.module.js';
import { CatalogueView } from '../../src/catalogue/catalogue.view.js';
import { askCountries } from '../../src/country-report/ask-countries.js';
import type { CountryReport } from '../../src/country-report/country-report.answers.js';
import { CountryReportQuery } from '../../src/country-report/country-report.queries.js';
import { GoodsLedgerView } from '../../src/goods-ledger/goods-ledger.view.js';
import { circumstances, type Order } from '../../src/nest/circumstances.js';
import { Clerk } from '../../src/nest/clerk.js';
import { prepare } from '../../src/nest/open-house.js';
import { Recorder } from '../../src/nest/recorder.js';
import { valid } from '../../src/nest/validate.js';
import { STORES, type Stores } from '../../src/store/stores.js';

export type Recording = Awaited<ReturnType<Recorder['record']>>;

/** How a command is given; the id is made up when it is left out. */
export interface Giving {
  readonly commandId?: string;
  readonly ifVersion?: number;
}

export class House {
  private constructor(
    private readonly app: Awaited<ReturnType<typeof NestFactory.createApplicationContext>>,
    readonly stores: Stores,
  ) {}

  /** Open for business; close it again. */
  static async open(): Promise<House> {
    const app = await NestFactory.createApplicationContext(AppModule.over(await openFor({ kind: 'memory' })), {
      logger: false,
    });
    await prepare(app);
    return new House(app, app.get<Stores>(STORES));
  }

  /** Gives a command by name and body, through the command bus. */
  record(name: string, body: object, giving: Giving = {}): Promise<Recording> {
    return this.app.get(Recorder).record(this.app.get(Clerk).command(name, body), order(giving));
  }

  /** The country totals with everything recorded so far. */
  async countries(question: CountryReportQuery = {}): Promise<CountryReport> {
    await this.stores.projector.catchUp();
    const query = valid(CountryReportQuery, question);
    return askCountries(
      query,
      this.app.get(GoodsLedgerView),
      this.app.get(CatalogueView),
      this.stores.projector.checkpoint,
    );
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

function order({ commandId, ifVersion }: Giving): Order {
  return {
    circumstances: circumstances({
      actor: { id: 'u-17', role: 'logistician' },
      channel: 'api',
      ...(commandId !== undefined && { commandId }),
    }),
    ...(ifVersion !== undefined && { ifVersion }),
  };
}
