// consignment: the routes.
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { ListQuery } from '../nest/list.queries.js';
import { openapi } from '../nest/openapi.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import { Records } from '../nest/records.js';
import {
  CloseConsignment,
  CorrectConsignmentEntry,
  DispatchConsignment,
  RecordArrival,
  RecordDelivery,
  RecordFound,
  RecordLoss,
  RecordReceipt,
  RecordReturn,
} from './consignment.commands.js';
import { consignment, holdingsOf } from './consignment.js';
import { ConsignmentView } from './consignment.view.js';

@openapi.ApiTags('consignments')
@Controller('consignments')
export class ConsignmentController {
  constructor(
    private readonly recorder: Recorder,
    private readonly consignments: ConsignmentView,
    private readonly records: Records,
  ) {}

  /** Goods leave a donor's place or a hub. */
  @Post()
  @openapi.ApiBody({ type: DispatchConsignment })
  dispatch(@Stated() command: DispatchConsignment, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** It is there, not yet counted. */
  @Post(':consignment/arrivals')
  @openapi.ApiBody({ type: RecordArrival })
  arrive(@Stated() command: RecordArrival, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Counted at a hub. */
  @Post(':consignment/receipts')
  @openapi.ApiBody({ type: RecordReceipt })
  receive(@Stated() command: RecordReceipt, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Handed to a recipient. */
  @Post(':consignment/deliveries')
  @openapi.ApiBody({ type: RecordDelivery })
  deliver(@Stated() command: RecordDelivery, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Goods are gone. */
  @Post(':consignment/losses')
  @openapi.ApiBody({ type: RecordLoss })
  lose(@Stated() command: RecordLoss, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Lost or missing goods re-appeared. */
  @Post(':consignment/finds')
  @openapi.ApiBody({ type: RecordFound })
  find(@Stated() command: RecordFound, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Goods go back. */
  @Post(':consignment/returns')
  @openapi.ApiBody({ type: RecordReturn })
  giveBack(@Stated() command: RecordReturn, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Nothing of it is open any more. */
  @Post(':consignment/closure')
  @openapi.ApiBody({ type: CloseConsignment })
  close(@Stated() command: CloseConsignment, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Corrects any entry of the consignment. */
  @Post(':consignment/corrections')
  @openapi.ApiBody({ type: CorrectConsignmentEntry })
  correct(@Stated() command: CorrectConsignmentEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Consignments by reference. */
  @Get()
  list(@Query() { from, limit }: ListQuery) {
    return this.consignments.page(from, limit);
  }

  /** How a consignment stands, and every entry that made it so. */
  @Get(':consignment')
  async one(@Param('consignment') id: string) {
    const { state, ...record } = await this.records.one('consignment', id.toUpperCase(), consignment);
    return { ...record, dispatched: state.status === 'none' ? undefined : state.dispatch, holdings: holdingsOf(state) };
  }
}
