// consignment: what can be asked. Each class is the command and the HTTP body.
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsDestination } from '../goods-ledger/destination.js';
import { Command, CorrectEntry, FieldFact } from '../kernel/command.js';
import { all, IsCountry, IsMoment, IsPlace, IsQuantity, IsReference } from '../kernel/rules.js';
import {
  LOSS_CAUSES,
  REJECTION_CAUSES,
  TRANSPORT_MODES,
  type LossCause,
  type RejectionCause,
  type TransportMode,
} from './consignment.events.js';

function AreLines(of: () => new () => object): PropertyDecorator {
  return all(IsArray(), ArrayNotEmpty(), ArrayMaxSize(500), ValidateNested({ each: true }), Type(of));
}

class WhichGoods {
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
}

export class QuantityLineInput extends WhichGoods {
  /** Base units of the item. */
  @IsQuantity()
  quantity!: number;
}

export class DispatchLineInput extends QuantityLineInput {
  /** Whom these goods are for; left out, the country they travel to, or undecided on the way to a hub. */
  @IsOptional()
  @IsDestination()
  destination?: string;
}

/** Goods leave a donor's place or the stock of a hub on one waybill. */
export class DispatchConsignment extends Command {
  /** Your number for the consignment; one is made when you leave it out. */
  @IsOptional()
  @IsReference()
  consignment!: string;

  /** Where it leaves. From a hub, the goods are taken out of that hub's stock. */
  @IsPlace()
  from!: string;

  /** Where it goes: a hub, another place, or a country. */
  @IsPlace()
  to!: string;

  @IsOptional()
  @IsIn(TRANSPORT_MODES)
  mode?: TransportMode;

  @IsOptional()
  @IsString()
  @MaxLength(80)
  carrier?: string;

  /** Flight number or vehicle plate. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  vehicle?: string;

  /** Number of the air waybill, CMR or bill of lading. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  waybill?: string;

  /** When it is expected. */
  @IsOptional()
  @IsMoment()
  eta?: string;

  @AreLines(() => DispatchLineInput)
  lines!: DispatchLineInput[];
}

/** It is there, not yet counted. */
export class RecordArrival extends FieldFact {
  @IsReference()
  consignment!: string;

  @IsPlace()
  place!: string;
}

export class ReceiptLineInput extends WhichGoods {
  /** Base units counted in good condition. */
  @IsQuantity(0)
  good!: number;

  /** Base units counted and not usable. */
  @IsOptional()
  @IsQuantity(0)
  damaged: number = 0;
}

/** Goods were counted at a hub. */
export class RecordReceipt extends FieldFact {
  @IsReference()
  consignment!: string;

  /** The hub where they were counted. */
  @IsPlace()
  hub!: string;

  /** Number of the goods received note. */
  @IsOptional()
  @IsReference()
  grn?: string;

  /** True when nothing more of this consignment is expected: what is missing then shows as unexplained. */
  @IsBoolean()
  complete!: boolean;

  @AreLines(() => ReceiptLineInput)
  lines!: ReceiptLineInput[];
}

export class DeliveryLineInput extends WhichGoods {
  /** Base units the recipient took. */
  @IsQuantity(0)
  accepted!: number;

  /** Base units the recipient did not take. */
  @IsOptional()
  @IsQuantity(0)
  rejected: number = 0;

  /** Why they were not taken. */
  @IsOptional()
  @IsIn(REJECTION_CAUSES)
  cause?: RejectionCause;
}

/** Goods were handed to a recipient; a consignment may be delivered in many parts. */
export class RecordDelivery extends FieldFact {
  @IsReference()
  consignment!: string;

  /** Reference of the organisation that took the goods. */
  @IsReference()
  recipient!: string;

  /** Left out, the country the consignment travels to. */
  @IsOptional()
  @IsCountry()
  country?: string;

  /** `confirmed` only with a signed proof of delivery at hand. */
  @IsIn(['reported', 'confirmed'])
  proof!: 'reported' | 'confirmed';

  /** Number of the proof of delivery. */
  @IsOptional()
  @IsReference()
  pod?: string;

  @AreLines(() => DeliveryLineInput)
  lines!: DeliveryLineInput[];
}

/** Goods of a consignment are gone, or a gap found by a count is explained. */
export class RecordLoss extends FieldFact {
  @IsReference()
  consignment!: string;

  @IsIn(LOSS_CAUSES)
  cause!: LossCause;

  @AreLines(() => QuantityLineInput)
  lines!: QuantityLineInput[];
}

/** Lost or missing goods of a consignment re-appeared. */
export class RecordFound extends FieldFact {
  @IsReference()
  consignment!: string;

  /** The hub whose stock they join; left out, they are on the road again. */
  @IsOptional()
  @IsPlace()
  hub?: string;

  @AreLines(() => QuantityLineInput)
  lines!: QuantityLineInput[];
}

/** Corrects any entry of a consignment. */
export class CorrectConsignmentEntry extends CorrectEntry {
  @IsReference()
  consignment!: string;
}
