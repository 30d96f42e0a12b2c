// consignment: the routes of the border.
import { Controller, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import {
  RecordCustomsClearance,
  RecordCustomsEntry,
  RecordCustomsHold,
  RecordCustomsRefusal,
} from './customs.commands.js';

@ApiTags('consignments')
@Controller('consignments/:consignment/customs')
export class CustomsController {
  constructor(private readonly recorder: Recorder) {}

  /** The goods were declared. */
  @Post('entries')
  @ApiBody({ type: RecordCustomsEntry })
  declare(@Stated() command: RecordCustomsEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The goods must not move until they are cleared. */
  @Post('holds')
  @ApiBody({ type: RecordCustomsHold })
  hold(@Stated() command: RecordCustomsHold, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The goods were released. */
  @Post('clearances')
  @ApiBody({ type: RecordCustomsClearance })
  clear(@Stated() command: RecordCustomsClearance, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The goods may not enter. */
  @Post('refusals')
  @ApiBody({ type: RecordCustomsRefusal })
  refuse(@Stated() command: RecordCustomsRefusal, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }
}
