// consignment: the routes of the border.
import { Controller, Post } from '@nestjs/common';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { openapi } from '../nest/openapi.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import {
  RecordCustomsClearance,
  RecordCustomsEntry,
  RecordCustomsHold,
  RecordCustomsRefusal,
} from './customs.commands.js';

@openapi.ApiTags('consignments')
@Controller('consignments/:consignment/customs')
export class CustomsController {
  constructor(private readonly recorder: Recorder) {}

  /** The goods were declared. */
  @Post('entries')
  @openapi.ApiBody({ type: RecordCustomsEntry })
  declare(@Stated() command: RecordCustomsEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The goods must not move until they are cleared. */
  @Post('holds')
  @openapi.ApiBody({ type: RecordCustomsHold })
  hold(@Stated() command: RecordCustomsHold, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The goods were released. */
  @Post('clearances')
  @openapi.ApiBody({ type: RecordCustomsClearance })
  clear(@Stated() command: RecordCustomsClearance, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The goods may not enter. */
  @Post('refusals')
  @openapi.ApiBody({ type: RecordCustomsRefusal })
  refuse(@Stated() command: RecordCustomsRefusal, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }
}
