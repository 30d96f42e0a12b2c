// hub: what can be asked. Each class is the command and the HTTP body.
import { Type } from 'class-transformer';
import { IsDestination } from '../goods-ledger/is-destination.js';
import { InPacks } from '../goods-ledger/in-packs.commands.js';
import { Command, CorrectEntry } from '../kernel/command.js';
import { IsPlace, IsQuantity, IsReference } from '../kernel/rules.js';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
  IsObject,
} from '../kernel/validation.js';
import { WRITE_OFF_CAUSES, WRITE_OFF_SOURCES, type WriteOffCause, type WriteOffSource } from './hub.events.js';

abstract class OfStock extends Command {
  @IsPlace()
  hub!: string;

  /** Reference of a registered item. */
  @IsReference()
  item!: string;

  /** Base units of the item, or packs when a pack is named. */
  @IsQuantity()
  quantity!: number;

  /** The pack of the catalogue item that the quantity counts; left out, base units. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  pack?: string;

  /** Only goods of this donation. */
  @IsOptional()
  @IsReference()
  donation?: string;

  /** Only goods of this lot. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  lot?: string;
}

/** Sets hub stock aside for a destination. */
export class AllocateStock extends OfStock {
  /** The destination that gets the goods. */
  @IsDestination()
  to!: string;

  /** The earmark they are taken from; left out: groups with that country, then its regions, then undecided stock. */
  @IsOptional()
  @IsDestination()
  from?: string;
}

/** Takes an allocation back. */
export class ReleaseAllocation extends OfStock {
  /** The destination that gives the goods up. */
  @IsDestination()
  from!: string;

  /** The earmark they go back to; left out, undecided. */
  @IsOptional()
  @IsDestination()
  to?: string;
}

export class CountLineInput extends InPacks {
  /** Reference of a registered item. */
  @IsReference()
  item!: string;

  /** What was counted: base units of the item, or packs when a pack is named. */
  @IsQuantity(0)
  counted!: number;

  /** Only goods of this donation. */
  @IsOptional()
  @IsReference()
  donation?: string;

  /** Only goods of this lot. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  lot?: string;

  /** Only goods set aside for this destination. */
  @IsOptional()
  @IsDestination()
  earmark?: string;
}

/** A stocktake: what lies there. What is not mentioned was not counted. */
export class CountStock extends Command {
  @IsPlace()
  hub!: string;

  /** The role that counted, not a name. */
  @IsOptional()
  @IsString()
  @MaxLength(80)
  countedBy?: string;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CountLineInput)
  lines!: CountLineInput[];
}

/** Goods of a hub are given up, or a gap that a count found is explained. */
export class WriteOffStock extends OfStock {
  /** Where they were: in stock, set apart as damaged, or unexplained since a count. */
  @IsOptional()
  @IsIn(WRITE_OFF_SOURCES)
  outOf: WriteOffSource = 'stock';

  @IsIn(WRITE_OFF_CAUSES)
  cause!: WriteOffCause;

  /** Only goods set aside for this destination. */
  @IsOptional()
  @IsDestination()
  earmark?: string;
}

/** Corrects any decision about the stock of a hub. */
export class CorrectHubEntry extends CorrectEntry {
  @IsPlace()
  hub!: string;
}
