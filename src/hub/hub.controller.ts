// hub: the routes.
import { Controller, Post } from '@nestjs/common';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { openapi } from '../nest/openapi.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import { AllocateStock, CorrectHubEntry, CountStock, ReleaseAllocation, WriteOffStock } from './hub.commands.js';

@openapi.ApiTags('hubs')
@Controller('hubs')
export class HubController {
  constructor(private readonly recorder: Recorder) {}

  /** Sets stock aside for a destination. */
  @Post(':hub/allocations')
  @openapi.ApiBody({ type: AllocateStock })
  allocate(@Stated() command: AllocateStock, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Takes an allocation back. */
  @Post(':hub/releases')
  @openapi.ApiBody({ type: ReleaseAllocation })
  release(@Stated() command: ReleaseAllocation, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** A stocktake. */
  @Post(':hub/counts')
  @openapi.ApiBody({ type: CountStock })
  count(@Stated() command: CountStock, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Gives goods up, or explains a gap that a count found. */
  @Post(':hub/write-offs')
  @openapi.ApiBody({ type: WriteOffStock })
  writeOff(@Stated() command: WriteOffStock, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Corrects any decision about the stock of the hub. */
  @Post(':hub/corrections')
  @openapi.ApiBody({ type: CorrectHubEntry })
  correct(@Stated() command: CorrectHubEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }
}
