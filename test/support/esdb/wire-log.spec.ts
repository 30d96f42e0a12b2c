// The log of the test server keeps the rules of the real one.
import { FixedClock } from '../clock.js';
import { bytesOf, type Expected, type Proposal } from './wire-event.js';
import { WireLog } from './wire-log.js';

const proposed = (...ids: string[]): Proposal[] =>
  ids.map((id) => ({
    id,
    type: 'counted',
    contentType: 'application/json',
    data: Buffer.from(`{"id":"${id}"}`),
    metadata: Buffer.from(''),
  }));

/** A log whose stream `donation-A` holds a, b and c. */
function standing(options = {}): WireLog {
  const log = new WireLog(options);
  log.append('donation-A', 'no_stream', proposed('a', 'b', 'c'));
  return log;
}

const idsOf = (log: WireLog, stream = 'donation-A') => log.stream(stream).map(({ id }) => id);

describe('a stream with three events', () => {
  it.each<[why: string, expected: Expected, ids: string[], kind: string, revision: bigint]>([
    ['at its head', 2n, ['d'], 'written', 3n],
    ['at its head, with an id that it holds', 2n, ['c'], 'written', 3n],
    ['wherever it ends', 'any', ['d', 'e'], 'written', 4n],
    ['if there is one', 'stream_exists', ['d'], 'written', 3n],
    ['from the start, once more', 'no_stream', ['a', 'b', 'c'], 'repeated', 2n],
    ['from the start, its first part once more', 'no_stream', ['a', 'b'], 'repeated', 1n],
    ['from the middle, once more', 0n, ['b', 'c'], 'repeated', 2n],
    ['wherever it ends, what was written lately', 'any', ['b', 'c'], 'repeated', 2n],
    ['nothing at its head', 2n, [], 'written', 2n],
    ['nothing behind its head', 1n, [], 'repeated', 1n],
  ])('takes an append %s', (_why, expected, ids, kind, revision) => {
    const log = standing();
    const position = log.stream('donation-A').at(Number(revision))?.position;

    const outcome = log.append('donation-A', expected, proposed(...ids));

    expect(outcome).toMatchObject({ kind, revision });
    if (kind === 'repeated') expect(outcome).toMatchObject({ position });
    expect(idsOf(log)).toEqual(kind === 'written' ? ['a', 'b', 'c', ...ids] : ['a', 'b', 'c']);
  });

  it.each<[why: string, expected: Expected, ids: string[]]>([
    ['as new', 'no_stream', ['d']],
    ['behind its head', 1n, ['d']],
    ['ahead of its head', 3n, ['d']],
    ['that repeats one event and adds another', 1n, ['c', 'd']],
    ['that repeats the second event as the first', 'no_stream', ['b']],
    ['that repeats one event lately and adds another', 'any', ['c', 'd']],
  ])('refuses an append %s, whole', (_why, expected, ids) => {
    const log = standing();

    expect(log.append('donation-A', expected, proposed(...ids))).toEqual({ kind: 'conflict', actual: 2n });
    expect(idsOf(log)).toEqual(['a', 'b', 'c']);
  });
});

describe('a stream that nobody wrote', () => {
  it.each<[expected: Expected]>([['stream_exists'], [0n]])('refuses an append that expects %s', (expected) => {
    const log = standing();

    expect(log.append('donation-B', expected, proposed('d'))).toEqual({ kind: 'conflict', actual: undefined });
    expect(log.stream('donation-B')).toEqual([]);
  });

  it('takes an id that another stream holds', () => {
    const log = standing();

    expect(log.append('donation-B', 'no_stream', proposed('a'))).toMatchObject({ kind: 'written', revision: 0n });
    expect(log.append('donation-C', 'any', proposed('a'))).toMatchObject({ kind: 'written', revision: 0n });
  });
});

it('without a revision, an append that is too old to be remembered is written again', () => {
  const log = standing({ recentIds: 2 });

  expect(log.append('donation-A', 'any', proposed('b', 'c'))).toMatchObject({ kind: 'repeated' });
  expect(log.append('donation-A', 'any', proposed('a'))).toMatchObject({ kind: 'written', revision: 3n });
});

it('positions rise, begin above 0, leave gaps and are those of the answers', () => {
  const log = new WireLog();
  const answers = ['a', 'b', 'c', 'd', 'e'].map((id) => log.append(`donation-${id}`, 'no_stream', proposed(id)));
  const positions = log.all().map(({ position }) => position);

  expect(positions[0]).toBeGreaterThan(1_000n);
  for (const [index, event] of log.all().slice(1).entries()) {
    const before = log.all()[index]!;
    expect(event.position - before.position).toBeGreaterThan(BigInt(bytesOf(before)));
  }
  expect(answers.map((answer) => 'position' in answer && answer.position)).toEqual(positions.slice(-5));
});

describe("the server's own events", () => {
  it('begin the log and are told apart', () => {
    const log = standing();

    expect(log.all().map(({ type }) => type)).toEqual([
      '$metadata',
      '$UserCreated',
      '$User',
      '$UserCreated',
      '$User',
      'counted',
      'counted',
      'counted',
    ]);
    expect(log.events().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('come between the others as often as is wanted', () => {
    const log = new WireLog({ statsEvery: 2 });
    for (const id of ['a', 'b', 'c', 'd']) log.append('donation-A', 'any', proposed(id));
    log.noteStats();
    const types = log.all().map(({ type }) => (type === 'counted' ? 'counted' : type));

    expect(types.slice(5)).toEqual([
      'counted',
      'counted',
      '$statsCollected',
      'counted',
      'counted',
      '$statsCollected',
      '$statsCollected',
    ]);
  });
});

it('the clock of the server dates the events, also when it steps back', () => {
  const clock = new FixedClock('2020-03-16T12:00:00.500Z');
  const log = new WireLog({ clock });
  log.append('donation-A', 'any', proposed('a'));
  clock.advance(-2_000);
  log.append('donation-A', 'any', proposed('b'));

  expect(log.events().map(({ created }) => created.toISOString())).toEqual([
    '2020-03-16T12:00:00.500Z',
    '2020-03-16T11:59:58.500Z',
  ]);
});
