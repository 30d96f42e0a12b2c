// nest: asks and renders reports, the same for every door.
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { ConsignmentView } from '../consignment/consignment.view.js';
import { DonationView } from '../donation/donation.view.js';
import { ClearancesView } from '../duty-relief/clearances.view.js';
import { MilestonesView } from '../exceptions/milestones.view.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { Holds } from '../hub-stock/holds.js';
import { LotView } from '../lot/lot.view.js';
import { RequestView } from '../request/request.view.js';
import { STORES, type Stores } from '../store/stores.js';
import { rendered, type ReportFormat, type ReportQuery } from './report.answers.js';
import type { ReportDefinition, Sources } from './report.definition.js';

@Injectable()
export class Reporter {
  constructor(
    @Inject(STORES) private readonly stores: Stores,
    private readonly ledger: GoodsLedgerView,
    private readonly catalogue: CatalogueView,
    private readonly donations: DonationView,
    private readonly consignments: ConsignmentView,
    private readonly lots: LotView,
    private readonly milestones: MilestonesView,
    private readonly requests: RequestView,
    private readonly clearances: ClearancesView,
    private readonly holds: Holds,
  ) {}

  /** The report in the format that the query asks for, or `otherwise`. */
  async show<Q extends ReportQuery, Row>(
    definition: ReportDefinition<Q, Row>,
    query: Q,
    otherwise: ReportFormat,
  ): Promise<{ type: string; body: string }> {
    const { report, layout } = await definition.ask(query, this.sources());
    return rendered(report, layout, query.format ?? otherwise);
  }

  /** The report as the body of an HTTP answer. */
  async answer<Q extends ReportQuery, Row>(
    definition: ReportDefinition<Q, Row>,
    query: Q,
    reply: FastifyReply,
  ): Promise<string> {
    const { type, body } = await this.show(definition, query, 'json');
    void reply.type(type).header('cache-control', 'no-store');
    return body;
  }

  private sources(): Sources {
    const { ledger, catalogue, donations, consignments, lots, milestones, requests, clearances, holds } = this;
    const { log, projector } = this.stores;
    const views = { ledger, catalogue, donations, consignments, lots, milestones, requests, clearances, holds };
    return { ...views, log, checkpoint: projector.checkpoint };
  }
}
