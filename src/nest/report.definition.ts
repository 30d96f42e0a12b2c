// nest: a question that HTTP and the command line ask in the same words.
import type { Type } from '@nestjs/common';
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import type { ConsignmentView } from '../consignment/consignment.view.js';
import type { DonationView } from '../donation/donation.view.js';
import type { ClearancesView } from '../duty-relief/clearances.view.js';
import type { MilestonesView } from '../exceptions/milestones.view.js';
import type { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import type { Holds } from '../hub-stock/holds.js';
import type { EventStore } from '../kernel/event-store.js';
import type { Checkpoint } from '../kernel/follow.js';
import type { LotView } from '../lot/lot.view.js';
import type { RequestView } from '../request/request.view.js';
import type { Layout, Report, ReportQuery } from './report.answers.js';

/** Where reports look things up; all of it stands at `checkpoint`. */
export interface Sources {
  readonly ledger: GoodsLedgerView;
  readonly catalogue: CatalogueView;
  readonly donations: DonationView;
  readonly consignments: ConsignmentView;
  readonly lots: LotView;
  readonly milestones: MilestonesView;
  readonly requests: RequestView;
  readonly clearances: ClearancesView;
  readonly holds: Holds;
  readonly log: Pick<EventStore, 'readStream' | 'readAll'>;
  readonly checkpoint: Checkpoint;
}

export interface ReportOption {
  /** As the command line writes it: `--country <code>`. */
  readonly flags: string;
  readonly description: string;
}

export interface ReportDefinition<Q extends ReportQuery = ReportQuery, Row = unknown> {
  /** `relief report NAME` and `GET /reports/NAME`. */
  readonly name: string;
  readonly description: string;
  readonly query: Type<Q>;
  /** True when it does not take until and known-at. */
  readonly ownDates?: boolean;
  /** What can be asked beside until, known-at, time-zone and format. */
  readonly options: readonly ReportOption[];
  /** Throws `Unknown` for what nobody registered, `Invalid` for a question that makes no sense. */
  ask(query: Q, sources: Sources): Promise<Asked<Row>> | Asked<Row>;
}

export interface Asked<Row> {
  readonly report: Report<Row>;
  readonly layout: Layout<Row>;
}

/** One definition, its parts checked against each other. */
export function defineReport<Q extends ReportQuery, Row>(
  definition: ReportDefinition<Q, Row>,
): ReportDefinition<Q, Row> {
  return definition;
}
