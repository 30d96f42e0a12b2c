// health: what must hold before this node should be asked anything.
import { inWords, type Readiness } from '../kernel/readiness.js';
import type { Stores } from '../store/stores.js';
import { within } from './within.js';

/** How long the log may take to say how far it reaches. */
export const REACH_MS = 2_000;

/** For how long the reports may lack entries of the log where nobody states another bound. */
export const LAG_MAX_MS = 10_000;

export class Checks {
  constructor(
    private readonly stores: Pick<Stores, 'log' | 'projector'>,
    private readonly readiness: Readiness,
    private readonly lagMaxMs: number,
  ) {}

  /** Why this node should not be asked now, a sentence each; empty when all is well. */
  async reasons(): Promise<string[]> {
    const found = [this.unfinished(), await this.unreachable(), this.stopped(), this.behind()];
    return found.filter((reason) => reason !== undefined);
  }

  /** What stopped the reports; undefined while they follow the log. */
  stopped(): string | undefined {
    const { failedWith } = this.stores.projector;
    return failedWith && `The reports stopped: ${failedWith.message}`;
  }

  private unfinished(): string | undefined {
    const { work } = this.readiness;
    return work && !work.served ? `The house is not ready: ${inWords(work)}.` : undefined;
  }

  private async unreachable(): Promise<string | undefined> {
    try {
      await within(REACH_MS, this.stores.log.reached());
      return undefined;
    } catch (error) {
      return `The log cannot be reached: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private behind(): string | undefined {
    const { behindMs } = this.stores.projector;
    if (behindMs <= this.lagMaxMs) return undefined;
    return `The reports have lacked entries of the log for ${seconds(behindMs)}; ${seconds(this.lagMaxMs)} are allowed.`;
  }
}

/** The bound of the lag as the environment states it. Throws with a sentence when that is no number. */
export function lagMaxMs(stated: string | undefined): number {
  if (stated === undefined || stated === '') return LAG_MAX_MS;
  if (/^\d{1,9}$/.test(stated)) return Number(stated);
  throw new Error(`RELIEF_LAG_MAX_MS must be a whole number of milliseconds, such as ${LAG_MAX_MS} (was ${stated}).`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
