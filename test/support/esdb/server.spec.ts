// The test server as its real client sees it: appends, reads and subscriptions over HTTP/2.
import {
  ANY,
  BACKWARDS,
  binaryEvent,
  END,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  streamNameFilter,
  type Position,
} from '@eventstore/db-client';
import { FixedClock } from '../clock.js';
import { Clients, numbered, numbersOf, ONE_BY_ONE, read, Received, until } from './clients.js';
import { EventStoreServer, type ServerOptions } from './server.js';

const clients = new Clients();
const servers: EventStoreServer[] = [];

async function started(options: ServerOptions = {}) {
  const server = await EventStoreServer.start(options);
  servers.push(server);
  return { server, client: clients.connect(server.connectionString) };
}

afterEach(async () => {
  await clients.dispose();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const at = (position: bigint): Position => ({ commit: position, prepare: position });

describe.each([
  ['in batches', {}],
  ['one by one', ONE_BY_ONE],
])('an append that sends its events %s', (_way, way) => {
  const stood = async (options: ServerOptions = {}) => {
    const { server, client } = await started(options);
    const answer = await client.appendToStream('donation-A', numbered(0, 1, 2), {
      ...way,
      expectedRevision: NO_STREAM,
    });
    return { server, client, answer };
  };
  const data = (server: EventStoreServer) => server.log.events().map((event) => Buffer.from(event.data).toString());

  it('is answered with the last revision and position', async () => {
    const { server, client, answer } = await stood();

    expect(answer).toEqual({
      success: true,
      nextExpectedRevision: 2n,
      position: at(server.log.events().at(-1)!.position),
    });
    expect(await client.appendToStream('donation-A', numbered(3), { ...way, expectedRevision: 2n })).toMatchObject({
      nextExpectedRevision: 3n,
    });
    expect(await client.appendToStream('donation-A', numbered(4), { ...way, expectedRevision: ANY })).toMatchObject({
      nextExpectedRevision: 4n,
    });
    expect(
      await client.appendToStream('donation-A', numbered(5), { ...way, expectedRevision: STREAM_EXISTS }),
    ).toMatchObject({ nextExpectedRevision: 5n });
    expect(data(server)).toEqual([0, 1, 2, 3, 4, 5].map((number) => `{"number":${number}}`));
  });

  it.each([
    ['no stream', NO_STREAM, 'donation-A', 'no_stream', 2n],
    ['an earlier revision', 1n, 'donation-A', 1n, 2n],
    ['a later revision', 7n, 'donation-A', 7n, 2n],
    ['a stream where there is none', STREAM_EXISTS, 'donation-B', 'stream_exists', 'no_stream'],
    ['a revision where there is none', 0n, 'donation-B', 0n, 'no_stream'],
  ] as const)('is refused whole when it expects %s', async (_what, expectedRevision, streamName, expected, actual) => {
    const { server, client } = await stood();

    await expect(client.appendToStream(streamName, numbered(3, 4), { ...way, expectedRevision })).rejects.toMatchObject(
      {
        type: 'wrong-expected-version',
        streamName,
        expectedVersion: expected,
        actualVersion: actual,
      },
    );
    expect(server.log.events()).toHaveLength(3);
  });

  it('is answered as the first time when it is made once more', async () => {
    const { server, client, answer } = await stood();
    await client.appendToStream('donation-A', numbered(3), { ...way, expectedRevision: 2n });

    expect(
      await client.appendToStream('donation-A', numbered(0, 1, 2), { ...way, expectedRevision: NO_STREAM }),
    ).toEqual(answer);
    expect(server.log.events()).toHaveLength(4);
  });

  it('is answered without a position when it is made once more, by a server of that habit', async () => {
    const { client, answer } = await stood({ positionsInRepeats: false });

    expect(
      await client.appendToStream('donation-A', numbered(0, 1, 2), { ...way, expectedRevision: NO_STREAM }),
    ).toEqual({ ...answer, position: undefined });
  });

  it('is refused when it repeats a part and adds another', async () => {
    const { server, client } = await stood();

    await expect(
      client.appendToStream('donation-A', numbered(2, 3), { ...way, expectedRevision: 1n }),
    ).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 2n });
    expect(server.log.events()).toHaveLength(3);
  });

  it('writes an id again at the head, and in another stream', async () => {
    const { server, client } = await stood();
    await client.appendToStream('donation-A', numbered(2), { ...way, expectedRevision: 2n });
    await client.appendToStream('donation-B', numbered(2), { ...way, expectedRevision: NO_STREAM });

    expect(data(server).filter((text) => text === '{"number":2}')).toHaveLength(3);
  });

  it('is refused above the largest size, and stores nothing', async () => {
    const { server, client } = await started({ maxAppendBytes: 1_000 });
    const large = jsonEvent({ type: 'counted', data: { text: 'x'.repeat(1_000) } });

    await expect(client.appendToStream('donation-A', [...numbered(0), large], way)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_000,
    });
    expect(server.log.events()).toEqual([]);
    await client.appendToStream('donation-A', numbered(0), way);
    expect(server.log.events()).toHaveLength(1);
  });

  it('of megabytes is taken whole', async () => {
    const { server, client } = await started({ maxAppendBytes: 16_000_000 });
    const large = [5, 1, 2].map((times) =>
      jsonEvent({ type: 'counted', data: { text: 'x'.repeat(times * 1_000_000) } }),
    );

    await client.appendToStream('donation-A', large, { ...way, expectedRevision: NO_STREAM });

    expect(server.log.events().map((event) => event.data.length)).toEqual([5_000_011, 1_000_011, 2_000_011]);
  });

  it('keeps names, bytes and metadata as they came', async () => {
    const { server, client } = await started();
    const bytes = Uint8Array.from([0, 255, 128, 10]);
    const stream = 'donation-Zürich 🧦';
    await client.appendToStream(
      stream,
      [
        jsonEvent({ type: 'naïve', data: { text: 'Grüße 🧦' }, metadata: { by: 'Ana' } }),
        binaryEvent({ type: 'photo', data: bytes, metadata: Uint8Array.from([123]) }),
      ],
      way,
    );

    expect(
      server.log
        .events()
        .map(({ type, contentType, metadata }) => [type, contentType, Buffer.from(metadata).toString()]),
    ).toEqual([
      ['naïve', 'application/json', '{"by":"Ana"}'],
      ['photo', 'application/octet-stream', '{'],
    ]);
    const [json, binary] = await read(client.readStream(stream));
    expect(json?.event).toMatchObject({
      streamId: stream,
      data: { text: 'Grüße 🧦' },
      metadata: { by: 'Ana' },
      isJson: true,
    });
    expect(binary?.event?.data).toEqual(bytes);
  });
});

it('an append that comes in several parts is one append', async () => {
  const { server, client } = await started();
  await client.appendToStream('donation-A', numbered(0, 1, 2, 3, 4), {
    expectedRevision: NO_STREAM,
    batchAppendSize: 200,
  });

  await expect(
    client.appendToStream('donation-A', numbered(5, 6, 7), { expectedRevision: 1n, batchAppendSize: 200 }),
  ).rejects.toMatchObject({ type: 'wrong-expected-version' });
  expect(server.log.events()).toHaveLength(5);
});

it('of many writers at one revision, one wins', async () => {
  const { server, client } = await started();
  const attempts = await Promise.allSettled(
    [0, 1, 2, 3, 4].map((number) =>
      client.appendToStream('donation-A', numbered(number), { expectedRevision: NO_STREAM }),
    ),
  );

  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(server.log.events()).toHaveLength(1);
});

describe('a read', () => {
  const stood = async (options: ServerOptions = {}) => {
    const { server, client } = await started(options);
    await client.appendToStream('donation-A', numbered(0, 1, 2));
    await client.appendToStream('donation-B', numbered(10, 11));
    await client.appendToStream('donation-A', numbered(3));
    return { server, client, positions: server.log.events().map(({ position }) => position) };
  };

  it.each([
    ['forwards', {}, [0, 1, 2, 3]],
    ['from a revision, with the event there', { fromRevision: 1n }, [1, 2, 3]],
    ['so many', { fromRevision: 1n, maxCount: 2 }, [1, 2]],
    ['from its end', { fromRevision: END }, []],
    ['from beyond its end', { fromRevision: 9n }, []],
    ['backwards from its end', { direction: BACKWARDS, fromRevision: END }, [3, 2, 1, 0]],
    ['backwards, so many', { direction: BACKWARDS, fromRevision: END, maxCount: 1 }, [3]],
    ['backwards from a revision, with the event there', { direction: BACKWARDS, fromRevision: 1n }, [1, 0]],
    ['backwards from its start', { direction: BACKWARDS, fromRevision: START }, [0]],
  ] as const)('of a stream goes %s', async (_way, options, numbers) => {
    const { client } = await stood();
    const found = await read(client.readStream('donation-A', options));

    expect(numbersOf(found)).toEqual(numbers);
    expect(found.map(({ event }) => Number(event?.revision))).toEqual(numbers);
  });

  it('of a stream that nobody wrote finds none', async () => {
    const { client } = await started();

    await expect(read(client.readStream('donation-A'))).rejects.toMatchObject({
      type: 'stream-not-found',
      streamName: expect.anything(),
    });
  });

  it('of a stream tells positions, or the largest number where the server does not know them', async () => {
    const { client, positions } = await stood();
    const old = await stood({ positionsInStreamReads: false });
    const [first] = await read(client.readStream('donation-A'));
    const [untold] = await read(old.client.readStream('donation-A'));

    expect(first?.event?.position).toEqual(at(positions[0]!));
    expect(first?.commitPosition).toBe(positions[0]);
    expect(untold?.event?.position).toEqual(at(2n ** 64n - 1n));
    expect(untold?.commitPosition).toBeUndefined();
  });

  it('of everything comes in the order of the log, with the events of the server', async () => {
    const { client, server } = await stood();
    const found = await read(client.readAll());

    expect(numbersOf(found)).toEqual([0, 1, 2, 10, 11, 3]);
    expect(found.map(({ event }) => event?.position)).toEqual(server.log.all().map(({ position }) => at(position)));
    expect(found[0]?.event?.type).toBe('$metadata');
  });

  it('of everything begins at a position, backwards before it', async () => {
    const { client, positions } = await stood();
    const fromPosition = at(positions[3]!);
    const from = async (options: Parameters<typeof client.readAll>[0]) =>
      numbersOf(await read(client.readAll(options)));

    expect(await from({ fromPosition })).toEqual([10, 11, 3]);
    expect(await from({ fromPosition, maxCount: 2 })).toEqual([10, 11]);
    expect(await from({ fromPosition: { commit: positions[3]!, prepare: 0n } })).toEqual([10, 11, 3]);
    expect(await from({ fromPosition, direction: BACKWARDS })).toEqual([2, 1, 0]);
    expect(await from({ fromPosition: END, direction: BACKWARDS, maxCount: 2 })).toEqual([3, 11]);
    expect(await from({ fromPosition: START, direction: BACKWARDS })).toEqual([]);
    expect(await from({ fromPosition: END })).toEqual([]);
    expect(await from({ fromPosition: at(10n ** 12n) })).toEqual([]);
  });

  it('of everything is refused at a position where no event begins', async () => {
    const { client, positions } = await stood();

    await expect(read(client.readAll({ fromPosition: at(positions[3]! + 1n) }))).rejects.toMatchObject({
      type: 'unknown',
      message: expect.stringContaining(`No record begins at position ${positions[3]! + 1n}.`),
    });
  });

  it('tells the time of the server, in milliseconds', async () => {
    const { client } = await stood({ clock: new FixedClock('2020-03-16T12:00:00.123Z') });
    const [first] = await read(client.readStream('donation-A'));

    expect(first?.event?.created).toEqual(new Date('2020-03-16T12:00:00.123Z'));
  });
});

describe('a subscription', () => {
  const stood = async () => {
    const { server, client } = await started();
    await client.appendToStream('donation-A', numbered(0, 1, 2));
    await client.appendToStream('hub-B', [jsonEvent({ type: 'held', data: { number: 10 } })]);
    const positions = server.log.events().map(({ position }) => position);
    const live = () => client.appendToStream('donation-A', numbered(3));
    return { server, client, positions, live };
  };

  it('to everything is confirmed, tells the history, is caught up, and goes on live', async () => {
    const { client, live } = await stood();
    const received = new Received(client.subscribeToAll());
    await received.until('caught up');
    await live();

    expect(await received.until(3)).toEqual(['confirmed', 0, 1, 2, 10, 'caught up', 3]);
  });

  it('to everything begins after a position', async () => {
    const { client, positions, live } = await stood();
    const after = new Received(client.subscribeToAll({ fromPosition: at(positions[1]!) }));
    const atEnd = new Received(client.subscribeToAll({ fromPosition: END }));
    await Promise.all([after.until('caught up'), atEnd.until('caught up')]);
    await live();

    expect(await after.until(3)).toEqual(['confirmed', 2, 10, 'caught up', 3]);
    expect(await atEnd.until(3)).toEqual(['confirmed', 'caught up', 3]);
  });

  it('to a stream begins after a revision', async () => {
    const { client, live } = await stood();
    const whole = new Received(client.subscribeToStream('donation-A'));
    const after = new Received(client.subscribeToStream('donation-A', { fromRevision: 1n }));
    const atEnd = new Received(client.subscribeToStream('donation-A', { fromRevision: END }));
    await Promise.all([whole, after, atEnd].map((received) => received.until('caught up')));
    await live();

    expect(await whole.until(3)).toEqual(['confirmed', 0, 1, 2, 'caught up', 3]);
    expect(await after.until(3)).toEqual(['confirmed', 2, 'caught up', 3]);
    expect(await atEnd.until(3)).toEqual(['confirmed', 'caught up', 3]);
  });

  it('to a stream that nobody wrote waits for it', async () => {
    const { client } = await stood();
    const received = new Received(client.subscribeToStream('donation-C'));
    await received.until('caught up');
    await client.appendToStream('donation-C', numbered(7));

    expect(await received.until(7)).toEqual(['confirmed', 'caught up', 7]);
  });

  it.each([
    ['names of streams that begin so', streamNameFilter({ prefixes: ['hub-', 'lot-'] }), [10]],
    ['names of streams like this', streamNameFilter({ regex: '^donation-.$' }), [0, 1, 2]],
    ['types that begin so', eventTypeFilter({ prefixes: ['held'] }), [10]],
    ['types like this', eventTypeFilter({ regex: '^count' }), [0, 1, 2]],
    ['all but the events of the server', excludeSystemEvents(), [0, 1, 2, 10]],
  ])('is given %s', async (_what, filter, numbers) => {
    const { client } = await stood();
    const received = new Received(client.subscribeToAll({ filter }));

    expect(await received.until('caught up')).toEqual(['confirmed', ...numbers, 'caught up']);
    expect(received.events).toHaveLength(numbers.length);
  });

  it('with a filter is told how far it was looked, and where it goes live', async () => {
    const { client, server } = await stood();
    const told: Position[] = [];
    const checkpointReached = async (_: unknown, position: Position) => void told.push(position);
    const filter = streamNameFilter({
      prefixes: ['hub-'],
      maxSearchWindow: 2,
      checkpointInterval: 2,
      checkpointReached,
    });
    const received = new Received(client.subscribeToAll({ filter }));
    await received.until('caught up');
    const [, , , fourth, , , , eighth, ninth] = server.log.all();

    expect(told).toEqual([at(fourth!.position), at(eighth!.position), at(ninth!.position)]);
    await client.appendToStream('donation-A', numbered(3, 4, 5));
    await until(() => told.length === 4);
    expect(told.at(-1)).toEqual(at(server.log.all()[11]!.position));
  });

  it('is over at the server when the client ends it, or goes', async () => {
    const { client, server } = await stood();
    const ended = client.subscribeToAll();
    const left = client.subscribeToStream('donation-A');
    await Promise.all([new Received(ended).until('caught up'), new Received(left).until('caught up')]);
    expect(server.openSubscriptions).toBe(2);

    await ended.unsubscribe();
    await until(() => server.openSubscriptions === 1);
    await client.dispose();
    await until(() => server.openSubscriptions === 0);
    expect(server.openSubscriptions).toBe(0);
  });

  it('that does not read is not sent the whole log', async () => {
    const { client, server } = await started();
    const wide = jsonEvent({ type: 'wide', data: { text: 'x'.repeat(500_000) } });
    for (const _ of Array.from({ length: 40 }))
      await client.appendToStream('donation-A', [wide], { expectedRevision: ANY });
    const fault = server.faults.slowReads({ milliseconds: 0 });
    const subscription = client.subscribeToAll();
    subscription.on('error', () => undefined);
    await until(() => fault.struck > 0);
    await client.appendToStream('donation-B', numbered(1));

    expect(fault.struck).toBeLessThan(server.log.all().length);
  });
});

describe('a server that is started again', () => {
  it('has its log and its port, and has lost its connections', async () => {
    const { server, client } = await started();
    await client.appendToStream('donation-A', numbered(0));
    const received = new Received(client.subscribeToAll());
    await received.until('caught up');
    const before = server.connectionString;

    await server.restart();

    expect(await received.until('unavailable')).toEqual(['confirmed', 0, 'caught up', 'unavailable']);
    expect(server.connectionString).toBe(before);
    const again = clients.connect(server.connectionString);
    await again.appendToStream('donation-A', numbered(1), { expectedRevision: 0n });
    expect(numbersOf(await read(again.readAll()))).toEqual([0, 1]);
    await until(() => server.openSubscriptions === 0);
  });

  it('is not there in between', async () => {
    const { server, client } = await started();
    await server.stop();

    await expect(read(client.readAll())).rejects.toMatchObject({ type: 'unavailable' });
  });
});

it('a port that is taken is an error', async () => {
  const { server } = await started();
  const { port } = server.members()[0]!;

  await expect(EventStoreServer.start({ port })).rejects.toThrow(String(port));
});
