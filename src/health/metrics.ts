// health: the figures of one application, as Prometheus collects them.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { APPEND_RESULTS, type AppendObserver, type AppendResult } from '../kernel/observed.js';
import type { Readiness } from '../kernel/readiness.js';
import type { CommandResult } from '../nest/outcome.js';
import type { Stores } from '../store/stores.js';
import { REACH_MS } from './checks.js';
import { within } from './within.js';

const REQUEST = ['method', 'route', 'status'] as const;

/** What a request was, in words that come from a bounded list: the route's pattern, never its address. */
export type RequestLabels = Readonly<Record<(typeof REQUEST)[number], string>>;

/** Counters of what was done, and gauges that are read when somebody asks. */
export class Metrics implements AppendObserver {
  // One registry an application: two in one process must not count for each other.
  private readonly registry = new Registry();
  private readonly appends = this.counter('relief_appends_total', 'Appends to the log, by what became of them.', [
    'result',
  ]);
  private readonly appended = this.counter('relief_appended_events_total', 'Events that the log took.', []);
  private readonly appendSeconds = this.histogram('relief_append_seconds', 'How long an append took.', []);
  private readonly commands = this.counter('relief_commands_total', 'Commands, by what became of them.', [
    'command',
    'result',
  ]);
  private readonly requests = this.counter('relief_http_requests_total', 'Requests answered over HTTP.', REQUEST);
  private readonly requestSeconds = this.histogram('relief_http_request_seconds', 'How long an answer took.', REQUEST);

  private readonly logPosition = this.gauge('relief_log_position', 'Position of the last entry of the log.');
  private readonly logReachable = this.gauge('relief_log_reachable', '1 when the log said in time how far it reaches.');
  private readonly reached: () => Promise<number>;

  constructor(stores: Pick<Stores, 'log' | 'projector'>, readiness: Readiness) {
    for (const result of APPEND_RESULTS) this.appends.inc({ result }, 0);
    // Asked through the stores each time: what stands behind them may be replaced while the house is open.
    this.gauge('relief_projector_lag_seconds', 'For how long the reports have lacked entries of the log.', () => {
      return stores.projector.behindMs / 1000;
    });
    this.gauge('relief_projector_failed', '1 when an entry stopped the reports.', () =>
      stores.projector.failedWith ? 1 : 0,
    );
    this.gauge('relief_views_position', 'Position in the log up to which the reports are.', () => {
      return stores.projector.checkpoint.position;
    });
    this.gauge('relief_views_events', 'Events that the reports hold.', () => stores.projector.checkpoint.events);
    this.gauge('relief_rebuild_progress', 'Share of the work before being ready: 1 when ready.', () => readiness.share);
    this.reached = () => within(REACH_MS, stores.log.reached());
  }

  appending(): (result: AppendResult, events: number) => void {
    const timed = this.appendSeconds.startTimer();
    return (result, events) => {
      timed();
      this.appends.inc({ result });
      this.appended.inc(events);
    };
  }

  commandEnded(command: string, result: CommandResult): void {
    this.commands.inc({ command, result });
  }

  requestEnded(labels: RequestLabels, seconds: number): void {
    this.requests.inc(labels);
    this.requestSeconds.observe(labels, seconds);
  }

  /** From now on the figures of the process too: memory, processor, event loop, garbage. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  async text(): Promise<string> {
    await this.readLog();
    return this.registry.metrics();
  }

  /** A log that cannot be reached has no position: the figure is left out rather than made up. */
  private async readLog(): Promise<void> {
    try {
      this.logPosition.set(await this.reached());
      this.logReachable.set(1);
    } catch {
      this.logPosition.remove();
      this.logReachable.set(0);
    }
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
    return new Histogram({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string, read?: () => number): Gauge {
    const registers = [this.registry];
    const gauge: Gauge = new Gauge({ name, help, registers, ...(read && { collect: () => gauge.set(read()) }) });
    return gauge;
  }
}
