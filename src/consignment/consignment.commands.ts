// consignment: what can be asked. Each class is the command and the HTTP body.
import { Type } from 'class-transformer';
import { Command, CorrectEntry, FieldFact } from '../kernel/command.js';
import { all, IsCountry, IsMoment, IsPlace, IsReference } from '../kernel/rules.js';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
  IsObject,
} from '../kernel/validation.js';
import { LOSS_CAUSES, TRANSPORT_MODES, type LossCause, type TransportMode } from './consignment.events.js';
import { DeliveryLineInput, DispatchLineInput, QuantityLineInput, ReceiptLineInput } from './lines.commands.js';

function AreLines(of: () => new () => object): PropertyDecorator {
  return all(
    IsArray(),
    IsObject({ each: true }),
    ArrayNotEmpty(),
    ArrayMaxSize(500),
    ValidateNested({ each: true }),
    Type(of),
  );
}

function AreNumbers(): PropertyDecorator {
  return all(IsOptional(), IsArray(), ArrayMaxSize(200), IsString({ each: true }), MaxLength(40, { each: true }));
}

function AreAttachments(): PropertyDecorator {
  const message = 'must be the SHA-256 that the upload answered';
  return all(IsOptional(), IsArray(), ArrayMaxSize(20), Matches(/^[0-9a-f]{64}$/, { each: true, message }));
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

  /** Numbers of the seals. */
  @AreNumbers()
  seals?: string[];

  /** Container numbers (ISO 6346). */
  @AreNumbers()
  containers?: string[];

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

  /** The role that counted, not a name. */
  @IsOptional()
  @IsString()
  @MaxLength(80)
  countedBy?: string;

  /** SHA-256 of photos or scans that were uploaded before. */
  @AreAttachments()
  attachments?: string[];

  @AreLines(() => ReceiptLineInput)
  lines!: ReceiptLineInput[];
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

  /** Reference of the person who signed, in the person store. Never a name. */
  @IsOptional()
  @IsReference()
  signedBy?: string;

  /** SHA-256 of photos or scans that were uploaded before. */
  @AreAttachments()
  attachments?: string[];

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

/** Goods of a consignment go back, rejected ones first. */
export class RecordReturn extends FieldFact {
  @IsReference()
  consignment!: string;

  /** The hub whose stock they join; left out, they go back to the donor. */
  @IsOptional()
  @IsPlace()
  hub?: string;

  @AreLines(() => QuantityLineInput)
  lines!: QuantityLineInput[];
}

/** Says that nothing of a consignment is open any more. */
export class CloseConsignment extends Command {
  @IsReference()
  consignment!: string;
}

/** Corrects any entry of a consignment. */
export class CorrectConsignmentEntry extends CorrectEntry {
  @IsReference()
  consignment!: string;
}
