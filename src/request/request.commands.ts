// request: what can be asked. Each class is the command and the HTTP body.
import { Command, CorrectEntry } from '../kernel/command.js';
import { IsCountry, IsQuantity, IsReference } from '../kernel/rules.js';
import { IsOptional, IsString, Matches, MaxLength } from '../kernel/validation.js';

/** A country states a need. */
export class RecordRequest extends Command {
  /** Your number for the request; one is made when you leave it out. */
  @IsOptional()
  @IsReference()
  request!: string;

  @IsCountry()
  country!: string;

  /** Reference of the organisation that asks. */
  @IsOptional()
  @IsReference()
  requester?: string;

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

  /** By when: an ISO date, which may lie ahead. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a date such as 2020-04-15' })
  neededBy!: string;
}

/** The need is over. */
export class WithdrawRequest extends Command {
  @IsReference()
  request!: string;
}

/** Corrects any entry of a request. */
export class CorrectRequestEntry extends CorrectEntry {
  @IsReference()
  request!: string;
}
