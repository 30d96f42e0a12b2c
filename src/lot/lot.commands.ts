// lot: what can be asked. Each class is the command and the HTTP body.
import { Command, CorrectEntry } from '../kernel/command.js';
import { all, IsReference } from '../kernel/rules.js';
import { IsString, MaxLength, MinLength } from '../kernel/validation.js';

function IsLot(): PropertyDecorator {
  return all(IsString(), MinLength(1), MaxLength(40));
}

abstract class AboutLot extends Command {
  /** Reference of a registered item. */
  @IsReference()
  item!: string;

  /** The lot as it is printed on the goods. */
  @IsLot()
  lot!: string;
}

abstract class Objection extends AboutLot {
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  reason!: string;
}

/** Goods of the lot must not leave a hub. */
export class HoldLot extends Objection {}

/** Goods of the lot must not leave a hub and must come back. */
export class RecallLot extends Objection {}

/** Ends a hold or recall. */
export class ReleaseLot extends AboutLot {}

/** Corrects any decision about a lot. */
export class CorrectLotEntry extends CorrectEntry {
  @IsReference()
  item!: string;

  @IsLot()
  lot!: string;
}
