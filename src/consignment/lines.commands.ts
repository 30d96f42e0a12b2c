// consignment: the lines of its commands.
import { IsDestination } from '../goods-ledger/is-destination.js';
import { InPacks } from '../goods-ledger/in-packs.commands.js';
import { IsQuantity, IsReference } from '../kernel/rules.js';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from '../kernel/validation.js';
import { REJECTION_CAUSES, type RejectionCause } from './consignment.events.js';

class WhichGoods extends InPacks {
  /** Reference of a registered item. */
  @IsReference()
  item!: string;

  /** Whose gift it is; may be left out where only one donation is possible. */
  @IsOptional()
  @IsReference()
  donation?: string;

  /** Production lot, when known. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  lot?: string;

  /** Last day of use of the lot: an ISO date. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a date such as 2022-06-30' })
  expiry?: string;

  /** Serial numbers of single pieces, such as ventilators. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(2000)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  serials?: string[];
}

export class QuantityLineInput extends WhichGoods {
  /** Base units of the item, or packs when a pack is named. */
  @IsQuantity()
  quantity!: number;
}

export class DispatchLineInput extends QuantityLineInput {
  /** Whom these goods are for; left out, the country they travel to, or undecided on the way to a hub. */
  @IsOptional()
  @IsDestination()
  destination?: string;
}

export class ReceiptLineInput extends WhichGoods {
  /** Counted in good condition. */
  @IsQuantity(0)
  good!: number;

  /** Counted and not usable. */
  @IsOptional()
  @IsQuantity(0)
  damaged: number = 0;
}

export class DeliveryLineInput extends WhichGoods {
  /** What the recipient took. */
  @IsQuantity(0)
  accepted!: number;

  /** What the recipient did not take. */
  @IsOptional()
  @IsQuantity(0)
  rejected: number = 0;

  /** Why they were not taken. */
  @IsOptional()
  @IsIn(REJECTION_CAUSES)
  cause?: RejectionCause;
}
