// donation: the routes.
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { ListQuery } from '../nest/list.queries.js';
import { openapi } from '../nest/openapi.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import { Records } from '../nest/records.js';
import { AmendPledge, CancelPledge, CorrectDonationEntry, PledgeDonation } from './donation.commands.js';
import { donation } from './donation.js';
import { DonationView } from './donation.view.js';

@openapi.ApiTags('donations')
@Controller('donations')
export class DonationController {
  constructor(
    private readonly recorder: Recorder,
    private readonly donations: DonationView,
    private readonly records: Records,
  ) {}

  /** A donor announces a gift. */
  @Post()
  @openapi.ApiBody({ type: PledgeDonation })
  pledge(@Stated() command: PledgeDonation, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The donor changes the announcement. */
  @Post(':donation/amendments')
  @openapi.ApiBody({ type: AmendPledge })
  amend(@Stated() command: AmendPledge, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** The donor takes the announcement back. */
  @Post(':donation/cancellation')
  @openapi.ApiBody({ type: CancelPledge })
  cancel(@Stated() command: CancelPledge, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Corrects any entry of the donation. */
  @Post(':donation/corrections')
  @openapi.ApiBody({ type: CorrectDonationEntry })
  correct(@Stated() command: CorrectDonationEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Donations by reference. */
  @Get()
  list(@Query() { from, limit }: ListQuery) {
    return this.donations.page(from, limit);
  }

  /** How a donation stands, and every entry that made it so. */
  @Get(':donation')
  one(@Param('donation') id: string) {
    return this.records.one('donation', id.toUpperCase(), donation);
  }
}
