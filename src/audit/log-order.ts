// audit: is the log a log: nothing missing, nothing twice, nothing out of order.
import { instant } from '../kernel/moments.js';
import type { Recorded } from '../kernel/recorded.js';

export class LogOrder {
  readonly faults: string[] = [];
  /** Dates that contradict each other: a fault where one clock stamps them, a hint where several do. */
  readonly dates: string[] = [];
  private readonly versions = new Map<string, number>();
  private position = 0;
  private recordedAt = '';

  next({ position, stream, version, recordedAt, reportedAt }: Recorded): void {
    const expected = (this.versions.get(stream) ?? -1) + 1;
    if (version !== expected)
      this.faults.push(`${stream} has version ${version} at position ${position}, expected ${expected}`);
    if (position <= this.position) this.faults.push(`position ${position} follows ${this.position}`);
    if (recordedAt < this.recordedAt)
      this.dates.push(`position ${position} was recorded ${recordedAt}, after one recorded ${this.recordedAt}`);
    if (instant(reportedAt) > instant(recordedAt))
      this.dates.push(`position ${position} was reported after it was recorded`);
    this.versions.set(stream, version);
    this.position = position;
    this.recordedAt = recordedAt;
  }
}
