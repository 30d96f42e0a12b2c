// hub: the routes.
import { Controller, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import { AllocateStock, CorrectHubEntry, CountStock, ReleaseAllocation, WriteOffStock } from './hub.commands.js';

@ApiTags('hubs')
@Controller('hubs')
export class HubController {
  constructor(private readonly recorder: Recorder) {}

  /** Sets stock aside for a destination. */
  @Post(':hub/allocations')
  @ApiBody({ type: AllocateStock })
  allocate(@Stated() command: AllocateStock, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Takes an allocation back. */
  @Post(':hub/releases')
  @ApiBody({ type: ReleaseAllocation })
  release(@Stated() command: ReleaseAllocation, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** A stocktake. */
  @Post(':hub/counts')
  @ApiBody({ type: CountStock })
  count(@Stated() command: CountStock, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Gives goods up, or explains a gap that a count found. */
  @Post(':hub/write-offs')
  @ApiBody({ type: WriteOffStock })
  writeOff(@Stated() command: WriteOffStock, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Corrects any decision about the stock of the hub. */
  @Post(':hub/corrections')
  @ApiBody({ type: CorrectHubEntry })
  correct(@Stated() command: CorrectHubEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }
}
