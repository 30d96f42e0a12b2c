// goods ledger: lines that may be counted in packs.
import { IsOptional, IsString, MaxLength } from '../kernel/validation.js';

export abstract class InPacks {
  /** The pack of the catalogue item that all quantities of this line count, such as carton; left out, base units. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  pack?: string;
}
