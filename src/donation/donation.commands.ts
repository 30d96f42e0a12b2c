// donation: what can be asked. Each class is the command and the HTTP body.
import { Type } from 'class-transformer';
import { IsDestination } from '../goods-ledger/is-destination.js';
import { Command, CorrectEntry } from '../kernel/command.js';
import { InPacks } from '../goods-ledger/in-packs.commands.js';
import { IsQuantity, IsReference } from '../kernel/rules.js';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsOptional, ValidateNested, IsObject } from '../kernel/validation.js';

export class PledgeLineInput extends InPacks {
  /** Reference of a registered item. */
  @IsReference()
  item!: string;

  /** Base units of the item, or packs when a pack is named. */
  @IsQuantity()
  quantity!: number;

  /** A country (IT), several countries (BE+FR+SI), a region (Africa) or undecided. */
  @IsDestination()
  destination!: string;
}

/** A donor announces a gift. */
export class PledgeDonation extends Command {
  /** Your number for the donation; one is made when you leave it out. */
  @IsOptional()
  @IsReference()
  donation!: string;

  /** Reference of a registered organisation. */
  @IsReference()
  donor!: string;

  /** Nothing here when no figures were announced. */
  @IsArray()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PledgeLineInput)
  lines!: PledgeLineInput[];
}

/** The donor changes the announcement: these lines are the whole pledge from now on. */
export class AmendPledge extends Command {
  @IsReference()
  donation!: string;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PledgeLineInput)
  lines!: PledgeLineInput[];
}

/** The donor takes the announcement back. Goods that move under the donation are not touched. */
export class CancelPledge extends Command {
  @IsReference()
  donation!: string;
}

/** Corrects any entry of a donation. */
export class CorrectDonationEntry extends CorrectEntry {
  @IsReference()
  donation!: string;
}
