// hub stock: what can be asked of it.
import { IsPlace, IsReference } from '../kernel/rules.js';
import { IsOptional } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';

export class HubStockQuery extends ReportQuery {
  /** The hub, for example BELGG. */
  @IsPlace()
  hub!: string;

  /** Only this item. */
  @IsOptional()
  @IsReference()
  item?: string;
}
