// consignment: what can be asked at a border. Each class is the command and the HTTP body.
import { Type } from 'class-transformer';
import { FieldFact } from '../kernel/command.js';
import { IsPlace, IsReference } from '../kernel/rules.js';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
  IsObject,
} from '../kernel/validation.js';

/** UCC phase 5 procedure letters of an MRN: export A to E, transit J to L, status M, import R and S, entry T to W. */
export const PROCEDURES = [...'ABCDEJKLMRSTUVW'];

export class ClassificationInput {
  /** Reference of a registered item. */
  @IsReference()
  item!: string;

  /** Harmonized System code: 4 to 10 digits, dots left out. */
  @Matches(/^\d{4,10}$/, { message: 'must be 4 to 10 digits without dots' })
  hsCode!: string;

  /** For example HS2017 or HS2022: goods change codes between editions. */
  @Matches(/^HS\d{4}$/, { message: 'must be an edition such as HS2017' })
  hsEdition!: string;

  /** Whose tariff, for example EU or BE. */
  @IsString()
  @MinLength(2)
  @MaxLength(20)
  hsAuthority!: string;
}

abstract class AtCustoms extends FieldFact {
  @IsReference()
  consignment!: string;

  /** Where the customs office is. */
  @IsPlace()
  place!: string;

  /** Movement reference number, 18 characters; a check digit that does not fit is flagged, not refused. */
  @IsOptional()
  @Matches(/^[A-Z0-9]{18}$/, { message: 'must be 18 capital letters and digits' })
  mrn?: string;
}

abstract class Declaration extends AtCustoms {
  @IsOptional()
  @IsIn(PROCEDURES)
  procedure?: string;

  /** Ground of duty relief, for example Decision (EU) 2020/491. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reliefBasis?: string;

  /** Number of the export authorisation, where one was needed. */
  @IsOptional()
  @IsString()
  @MaxLength(80)
  exportAuthorisation?: string;

  /** How the goods are classified. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ClassificationInput)
  lines?: ClassificationInput[];
}

/** The goods were declared. */
export class RecordCustomsEntry extends Declaration {}

/** The goods were released. */
export class RecordCustomsClearance extends Declaration {}

abstract class Objection extends AtCustoms {
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  reason!: string;
}

/** The goods must not move until they are cleared. */
export class RecordCustomsHold extends Objection {}

/** The goods may not enter. */
export class RecordCustomsRefusal extends Objection {}
