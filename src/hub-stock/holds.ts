// hub stock: what lies at a hub now and what of it must not leave, for the decisions of the day.
import type { ConsignmentRow, ConsignmentView } from '../consignment/consignment.view.js';
import type { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import type { LotView } from '../lot/lot.view.js';
import { withHolds, type HeldLine } from './held.js';

export class Holds {
  constructor(
    private readonly ledger: GoodsLedgerView,
    private readonly lots: LotView,
    private readonly consignments: ConsignmentView,
  ) {}

  /** What lies at a hub now, each line with what stops it. */
  stock(hub: string): HeldLine[] {
    const stopped = this.consignments.stopped().map(({ consignment, customs }) => {
      return { consignment, ...objection(customs), received: this.ledger.receivedWith(consignment, hub) };
    });
    return withHolds(this.ledger.holdings('atHub', hub), this.lots.stopped(), stopped);
  }
}

function objection(customs: ConsignmentRow['customs']): { status: 'held' | 'refused'; reason: string } {
  const status = customs?.type === 'CustomsRefused' ? 'refused' : 'held';
  return { status, reason: customs && 'reason' in customs ? customs.reason : '' };
}
