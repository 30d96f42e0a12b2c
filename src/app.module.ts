// Which rooms stand in this house.
import { Module, type DynamicModule } from '@nestjs/common';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CatalogueModule, catalogueRoom } from './catalogue/catalogue.module.js';
import { SHAPES, VIEWS } from './contents.js';
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
import type { Built } from './store/build-views.js';
import { inThread } from './store/in-thread.js';
import { openStores, type StorePlan, type Stores } from './store/stores.js';

export const ROOMS = [catalogueRoom, donationRoom, consignmentRoom, hubRoom, lotRoom, requestRoom];

/** Under a test runner the sources stand for themselves, but a thread needs what was built of them. */
export const threadOf = (module: 'views' | 'verify') =>
  new URL(`${import.meta.url.endsWith('.ts') ? '../dist' : '.'}/${module}.worker.js`, import.meta.url);

/** Opens log and views for this house. Throws `FolderInUse`, `Lost`, and `Unavailable` for a cluster out of reach. */
export function openFor(plan: StorePlan): Promise<Stores> {
  return openStores(plan, SHAPES, VIEWS, (order, onBuilding, signal) =>
    inThread<Built>(threadOf('views'), order, onBuilding, signal),
  );
}

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
