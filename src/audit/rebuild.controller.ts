// audit: reports made anew from the log while the old ones go on answering.
import { Controller, Get, HttpCode, Inject, Logger, Post } from '@nestjs/common';
import { Unknown } from '../kernel/errors.js';
import { Readiness } from '../kernel/readiness.js';
import { openapi } from '../nest/openapi.js';
import type { Built } from '../store/build-views.js';
import { STORES, type Stores } from '../store/stores.js';
import { RebuildAnswer } from './rebuild.answers.js';

@openapi.ApiTags('audit')
@Controller('views/rebuild')
export class RebuildController {
  private readonly logger = new Logger('Rebuild');
  private last: RebuildAnswer['last'] = null;
  private running = false;

  constructor(
    @Inject(STORES) private readonly stores: Stores,
    private readonly readiness: Readiness,
  ) {}

  /** How a rebuild goes on, and how the last one of this process ended. */
  @Get()
  state(): RebuildAnswer {
    return { running: this.running, share: this.running ? this.readiness.share : null, last: this.last };
  }

  /** Begins to build new views beside those that serve; they take over when they are done. One at a time. */
  @Post()
  @HttpCode(202)
  begin(): RebuildAnswer {
    const { rebuilding } = this.stores;
    if (!rebuilding) throw new Unknown('data folder', 'here', 'The reports are kept in memory: restart the program.');
    if (!this.running) void this.run(rebuilding.rebuild((position, of) => this.readiness.progress(position, of)));
    return this.state();
  }

  private async run(built: Promise<Built>): Promise<void> {
    this.running = true;
    this.readiness.begin('rebuilding the reports', { served: true });
    try {
      const { position, events, comparison } = await built;
      const { position: comparedAt = null, rows = 0, differences = [] } = comparison ?? {};
      this.last = { position, events, comparedAt, rows, differences: [...differences], failure: null };
      for (const difference of differences) this.logger.warn(`The old reports were wrong: ${difference}`);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      this.last = { position: 0, events: 0, comparedAt: null, rows: 0, differences: [], failure };
      this.logger.error(`The rebuild failed, the old reports go on: ${failure}`);
    } finally {
      this.running = false;
      this.readiness.ready();
    }
  }
}
