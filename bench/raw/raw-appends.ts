// bench, by hand: appends of one writer, of many writers with one flush for all that wait, and in bulk.
import { join } from 'node:path';
import type { Proposed } from '../../src/kernel/recorded.ts';
import { closedLoop, singles, streamsOf, STREAMS_A_TRANSACTION, WRITERS } from '../appends.ts';
import { mustBe } from '../totals.ts';
import { seconds, type Trial } from '../trial.ts';
import { bytesAnEvent } from '../disk.ts';
import { RawLog } from './raw-log.ts';

export const oneCommitPerAppend: Trial = async ({ folder, seed, sequential }) => {
  const log = new RawLog(join(folder, 'raw.db'));
  const appends = singles(streamsOf(seed, sequential));
  const took = await seconds(() => {
    for (const { stream, expected, events } of appends) {
      log.db.exec('BEGIN IMMEDIATE');
      log.append(stream, expected, events);
      log.db.exec('COMMIT');
    }
  });
  mustBe('Number of events', appends.length, log.count());
  log.close();
  return { perSecond: appends.length / took };
};

/** Savepoint each, one transaction and one flush for whatever waits. */
export const groupCommit: Trial = async ({ folder, seed, concurrent }) => {
  const log = new RawLog(join(folder, 'raw.db'));
  const group = new Group(log);
  const figures = await closedLoop(WRITERS, singles(streamsOf(seed, concurrent)), (stream, expected, events) =>
    group.append(stream, expected, events),
  );
  mustBe('Number of events', streamsOf(seed, concurrent).flatMap(({ events }) => events).length, log.count());
  log.close();
  return figures;
};

export const bulk: Trial = async ({ folder, seed, bulk }) => {
  const file = join(folder, 'raw.db');
  const log = new RawLog(file);
  const streams = streamsOf(seed, bulk);
  const took = await seconds(() => {
    for (let from = 0; from < streams.length; from += STREAMS_A_TRANSACTION) {
      log.db.exec('BEGIN IMMEDIATE');
      for (const { stream, events } of streams.slice(from, from + STREAMS_A_TRANSACTION))
        log.append(stream, -1, events);
      log.db.exec('COMMIT');
    }
  });
  mustBe('Number of events', bulk, log.count());
  log.close();
  return { perSecond: bulk / took, bytesAnEvent: bytesAnEvent(file) };
};

interface Waiting {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly Proposed[];
  readonly resolve: () => void;
}

class Group {
  private waiting: Waiting[] = [];

  private readonly log: RawLog;

  constructor(log: RawLog) {
    this.log = log;
  }

  append(stream: string, expected: number, events: readonly Proposed[]): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.push({ stream, expected, events, resolve }) === 1) setImmediate(() => this.flush());
    });
  }

  private flush(): void {
    const group = this.waiting;
    this.waiting = [];
    const { db } = this.log;
    db.exec('BEGIN IMMEDIATE');
    for (const { stream, expected, events } of group) {
      db.exec('SAVEPOINT one');
      this.log.append(stream, expected, events);
      db.exec('RELEASE one');
    }
    db.exec('COMMIT');
    for (const { resolve } of group) resolve();
  }
}
