// hub stock: which pieces must not leave, because of their lot or because of customs.
import type { ConsignmentView } from '../consignment/consignment.view.js';
import { lineKey } from '../goods-ledger/account.js';
import type { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import type { Hold, StockLine } from '../goods-ledger/stock.js';
import type { LotView } from '../lot/lot.view.js';

export class Holds {
  constructor(
    private readonly ledger: GoodsLedgerView,
    private readonly lots: LotView,
    private readonly consignments: ConsignmentView,
  ) {}

  /** What lies at a hub now, each line with what stops it. */
  stock(hub: string): StockLine[] {
    const stopped = this.lots.stopped();
    const customs = this.atCustoms(hub);
    return this.ledger.holdings('atHub', hub).map((held) => {
      const lot = stopped.find(({ item, lot }) => item === held.item && lot === held.lot);
      if (lot) return { ...held, holds: [{ by: 'lot', what: lot.lot, reason: lot.reason, quantity: held.quantity }] };
      return { ...held, holds: takeHolds(held.quantity, customs.get(lineKey(held)) ?? []) };
    });
  }

  /** Goods that came with consignments which customs hold or refused; allocating them does not free them. */
  private atCustoms(hub: string): Map<string, Hold[]> {
    const holds = new Map<string, Hold[]>();
    for (const { consignment, customs } of this.consignments.stopped()) {
      const reason = customs && 'reason' in customs ? customs.reason : '';
      for (const received of this.ledger.receivedWith(consignment, hub)) {
        const hold: Hold = { by: 'customs', what: consignment, reason, quantity: received.quantity };
        holds.set(lineKey(received), [...(holds.get(lineKey(received)) ?? []), hold]);
      }
    }
    return holds;
  }
}

/** Up to `quantity` pieces out of the holds, which keep the rest for the next line. */
function takeHolds(quantity: number, holds: Hold[]): Hold[] {
  let left = quantity;
  const taken: Hold[] = [];
  holds.forEach((hold, index) => {
    const share = Math.min(left, hold.quantity);
    if (share <= 0) return;
    taken.push({ ...hold, quantity: share });
    holds[index] = { ...hold, quantity: hold.quantity - share };
    left -= share;
  });
  return taken;
}
