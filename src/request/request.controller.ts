// request: the routes.
import { Controller, Get, Param, Post } from '@nestjs/common';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { openapi } from '../nest/openapi.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import { Records } from '../nest/records.js';
import { CorrectRequestEntry, RecordRequest, WithdrawRequest } from './request.commands.js';
import { request } from './request.js';

@openapi.ApiTags('requests')
@Controller('requests')
export class RequestController {
  constructor(
    private readonly recorder: Recorder,
    private readonly records: Records,
  ) {}

  /** A country states a need. */
  @Post()
  @openapi.ApiBody({ type: RecordRequest })
  record(@Stated() command: RecordRequest, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The need is over. */
  @Post(':request/withdrawal')
  @openapi.ApiBody({ type: WithdrawRequest })
  withdraw(@Stated() command: WithdrawRequest, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Corrects any entry of the request. */
  @Post(':request/corrections')
  @openapi.ApiBody({ type: CorrectRequestEntry })
  correct(@Stated() command: CorrectRequestEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** How a request stands, and every entry that made it so. */
  @Get(':request')
  one(@Param('request') id: string) {
    return this.records.one('request', id.toUpperCase(), request);
  }
}
