// catalogue: what can be asked. Each class is the command and the HTTP body.
import { Type } from 'class-transformer';
import { Command, CorrectEntry } from '../kernel/command.js';
import { all, IsCountry, IsPlace, IsQuantity, IsReference } from '../kernel/rules.js';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
  IsInt,
  Max,
  Min,
  IsObject,
} from '../kernel/validation.js';
import { CATALOGUE_KINDS, PLACE_KINDS, type CatalogueKind, type PlaceKind } from './catalogue.events.js';

function IsName(): PropertyDecorator {
  return all(IsString(), MinLength(1), MaxLength(200));
}

export class PackInput {
  /** For example carton. */
  @IsName()
  name!: string;

  /** Base units in one pack. */
  @IsQuantity()
  holds!: number;
}

abstract class DescribeItem extends Command {
  @IsReference()
  item!: string;

  @IsName()
  name!: string;

  /** The smallest unit totals are kept in: piece, set, pair, kit. */
  @IsName()
  unit!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PackInput)
  packs?: PackInput[];
}

export class RegisterItem extends DescribeItem {}

/** Replaces the description of an item; facts recorded earlier keep what they say. */
export class AmendItem extends DescribeItem {}

abstract class DescribePlace extends Command {
  /** UN/LOCODE where there is one, such as BELGG for Liege. */
  @IsPlace()
  place!: string;

  @IsName()
  name!: string;

  /** At a `hub` goods are counted and stored. */
  @IsIn(PLACE_KINDS)
  kind!: PlaceKind;

  @IsCountry()
  country!: string;

  /** UN M49 region names; only for countries. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @ArrayMaxSize(5)
  regions?: string[];
}

export class RegisterPlace extends DescribePlace {}

/** Replaces the description of a place; facts recorded earlier keep what they say. */
export class AmendPlace extends DescribePlace {}

abstract class DescribeOrganisation extends Command {
  @IsReference()
  organisation!: string;

  @IsName()
  name!: string;

  @IsOptional()
  @IsCountry()
  country?: string;
}

/** A donor, a recipient, a carrier: organisations, never persons. */
export class RegisterOrganisation extends DescribeOrganisation {}

/** Replaces the description of an organisation; facts recorded earlier keep what they say. */
export class AmendOrganisation extends DescribeOrganisation {}

abstract class DescribeRoute extends Command {
  /** Where a leg begins. */
  @IsPlace()
  from!: string;

  /** Where it ends. */
  @IsPlace()
  to!: string;

  /** How many hours goods may take from dispatch to arrival; 72 for routes that nobody registered. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  targetHours!: number;
}

export class RegisterRoute extends DescribeRoute {}

/** Replaces the target of a route. */
export class AmendRoute extends DescribeRoute {}

/** Corrects any entry of the catalogue. */
export class CorrectCatalogueEntry extends CorrectEntry {
  @IsIn(CATALOGUE_KINDS)
  kind!: CatalogueKind;

  /** Reference of the item, place or organisation. */
  @IsPlace()
  id!: string;
}
