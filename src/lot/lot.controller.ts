// lot: the routes.
import { Controller, Post } from '@nestjs/common';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { openapi } from '../nest/openapi.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import { CorrectLotEntry, HoldLot, RecallLot, ReleaseLot } from './lot.commands.js';

@openapi.ApiTags('lots')
@Controller('lots/:item/:lot')
export class LotController {
  constructor(private readonly recorder: Recorder) {}

  /** Goods of the lot must not leave a hub. */
  @Post('holds')
  @openapi.ApiBody({ type: HoldLot })
  hold(@Stated() command: HoldLot, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Goods of the lot must come back. */
  @Post('recalls')
  @openapi.ApiBody({ type: RecallLot })
  recall(@Stated() command: RecallLot, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Ends a hold or recall. */
  @Post('releases')
  @openapi.ApiBody({ type: ReleaseLot })
  release(@Stated() command: ReleaseLot, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Corrects any decision about the lot. */
  @Post('corrections')
  @openapi.ApiBody({ type: CorrectLotEntry })
  correct(@Stated() command: CorrectLotEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }
}
