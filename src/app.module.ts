// Which rooms stand in this house.
import { Module, type DynamicModule } from '@nestjs/common';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CatalogueModule, catalogueRoom } from './catalogue/catalogue.module.js';
import { SHAPES } from './contents.js';
import { ConsignmentModule, consignmentRoom } from './consignment/consignment.module.js';
import { CountryReportModule } from './country-report/country-report.module.js';
import { DemandModule } from './demand/demand.module.js';
import { DonationModule, donationRoom } from './donation/donation.module.js';
import { DutyReliefModule } from './duty-relief/duty-relief.module.js';
import { ExceptionsModule } from './exceptions/exceptions.module.js';
import { ExplainModule } from './explain/explain.module.js';
import { LAG_MAX_MS } from './health/checks.js';
import { HealthModule } from './health/health.module.js';
import { HubModule, hubRoom } from './hub/hub.module.js';
import { HubStockModule } from './hub-stock/hub-stock.module.js';
import { LotModule, lotRoom } from './lot/lot.module.js';
import { RequestModule, requestRoom } from './request/request.module.js';
import { HouseModule } from './nest/house.module.js';
import { StatementModule } from './statement/statement.module.js';
import { TrackingModule } from './tracking/tracking.module.js';
import type { Stores } from './store/stores.js';

export const ROOMS = [catalogueRoom, donationRoom, consignmentRoom, hubRoom, lotRoom, requestRoom];

@Module({})
export class AppModule {
  static over(stores: Stores, lagMaxMs = LAG_MAX_MS): DynamicModule {
    return {
      module: AppModule,
      imports: [
        HouseModule.over(stores, ROOMS, SHAPES),
        CatalogueModule,
        DonationModule,
        ConsignmentModule,
        HubModule,
        LotModule,
        RequestModule,
        HubStockModule,
        CountryReportModule,
        StatementModule,
        ExplainModule,
        TrackingModule,
        ExceptionsModule,
        DutyReliefModule,
        DemandModule,
        AttachmentsModule,
        AuditModule,
        HealthModule.within(lagMaxMs),
      ],
    };
  }
}
