// What this house keeps: the facts it knows, in every shape they ever had, and the views that are made of them.
import { catalogueShapes } from './catalogue/catalogue.events.js';
import { CatalogueView } from './catalogue/catalogue.view.js';
import { consignmentShapes } from './consignment/consignment.events.js';
import { ConsignmentView } from './consignment/consignment.view.js';
import { donationShapes } from './donation/donation.events.js';
import { DonationView } from './donation/donation.view.js';
import { ClearancesView } from './duty-relief/clearances.view.js';
import { MilestonesView } from './exceptions/milestones.view.js';
import { GoodsLedgerView } from './goods-ledger/goods-ledger.view.js';
import { hubShapes } from './hub/hub.events.js';
import type { AnyShapes } from './kernel/shapes.js';
import { lotShapes } from './lot/lot.events.js';
import { LotView } from './lot/lot.view.js';
import { requestShapes } from './request/request.events.js';
import { RequestView } from './request/request.view.js';
import type { AnyViewClass } from './store/views-state.js';

export const SHAPES: AnyShapes = {
  ...catalogueShapes,
  ...donationShapes,
  ...consignmentShapes,
  ...hubShapes,
  ...lotShapes,
  ...requestShapes,
  EntryCorrected: [],
};

export const VIEWS: readonly AnyViewClass[] = [
  GoodsLedgerView,
  CatalogueView,
  DonationView,
  ConsignmentView,
  LotView,
  MilestonesView,
  RequestView,
  ClearancesView,
];
