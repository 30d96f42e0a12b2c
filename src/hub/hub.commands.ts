// hub: what can be asked. Each class is the command and the HTTP body.
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsDestination } from '../goods-ledger/destination.js';
import { Command, CorrectEntry } from '../kernel/command.js';
import { IsPlace, IsQuantity, IsReference } from '../kernel/rules.js';

abstract class MoveBetweenEarmarks extends Command {
  @IsPlace()
  hub!: string;

  /** Reference of a registered item. */
  @IsReference()
  item!: string;

  /** Base units. */
  @IsQuantity()
  quantity!: number;

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
export class AllocateStock extends MoveBetweenEarmarks {
  /** The destination that gets the goods. */
  @IsDestination()
  to!: string;

  /** The earmark they are taken from; left out: groups with that country, then its regions, then undecided stock. */
  @IsOptional()
  @IsDestination()
  from?: string;
}

/** Takes an allocation back. */
export class ReleaseAllocation extends MoveBetweenEarmarks {
  /** The destination that gives the goods up. */
  @IsDestination()
  from!: string;

  /** The earmark they go back to; left out, undecided. */
  @IsOptional()
  @IsDestination()
  to?: string;
}

/** Corrects any decision about the stock of a hub. */
export class CorrectHubEntry extends CorrectEntry {
  @IsPlace()
  hub!: string;
}
