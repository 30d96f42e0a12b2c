// test support: the whole application in memory, with its default catalogue and what the fixtures mention.
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import { openFor } from '../../src/open-for.js';
import { countriesReport } from '../../src/country-report/countries.report.js';
import type { CountryRow } from '../../src/country-report/country-report.js';
import type { CountryReportQuery } from '../../src/country-report/country-report.queries.js';
import { importSource } from '../../src/cli/import.js';
import type { ImportResult } from '../../src/exchange/import-result.js';
import { readLogbook } from '../../src/exchange/logbook.js';
import { circumstances, type Order } from '../../src/nest/circumstances.js';
import { Clerk } from '../../src/nest/clerk.js';
import { prepare } from '../../src/nest/open-house.js';
import type { Recorded } from '../../src/kernel/recorded.js';
import type { Report, ReportQuery } from '../../src/nest/report.answers.js';
import type { ReportDefinition } from '../../src/nest/report.definition.js';
import { Reporter } from '../../src/nest/reporter.js';
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

  /** Records the rows of a logbook, at most `window` at a time, as the command line does. */
  async import(csv: string, window?: number): Promise<ImportResult> {
    const source = await readLogbook(Buffer.from(csv));
    return importSource(this.app, source, { id: 'u-17', role: 'logistician' }, { ...(window && { window }) });
  }

  /** The country totals with everything recorded so far. */
  countries(question: CountryReportQuery = {}): Promise<Report<CountryRow>> {
    return this.report(countriesReport, question);
  }

  /** Any report, with everything recorded so far. */
  async report<Q extends ReportQuery, Row>(
    definition: ReportDefinition<Q, Row>,
    question: object,
  ): Promise<Report<Row>> {
    await this.stores.projector.catchUp();
    const query = valid(definition.query, question);
    const { body } = await this.app.get(Reporter).show(definition, query, 'json');
    return JSON.parse(body) as Report<Row>;
  }

  /** Every entry of a record. */
  entries(room: string, id: string): Promise<Recorded[]> {
    return this.stores.log.readStream(`${room}-${id}`);
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
