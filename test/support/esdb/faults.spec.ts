// Each fault, as the real client feels it, and what stands in the log afterwards.
import { END, EventStoreDBClient, NO_STREAM, streamNameFilter, type Position } from '@eventstore/db-client';
import { Clients, numbered, numbersOf, ONE_BY_ONE, read, Received, until, watched } from './clients.js';
import { EventStoreServer } from './server.js';

const clients = new Clients();
let server: EventStoreServer;
let client: EventStoreDBClient;

beforeEach(async () => {
  server = await EventStoreServer.start();
  client = clients.connect(server.connectionString);
});

afterEach(async () => {
  await clients.dispose();
  await server.stop();
});

const stored = () =>
  server.log.events().map(({ data }) => (JSON.parse(Buffer.from(data).toString()) as { number: number }).number);

const WAYS = [
  ['in batches', {}],
  ['one by one', ONE_BY_ONE],
] as const;

describe.each(WAYS)('an append %s', (_way, way) => {
  const appended = (by = client) =>
    by.appendToStream('donation-A', numbered(0, 1), { ...way, expectedRevision: NO_STREAM });

  it('whose answer is lost fails, stands, and is answered when it is made once more', async () => {
    const fault = server.faults.loseAck();

    await expect(appended()).rejects.toMatchObject({ type: 'unavailable' });
    expect([fault.struck, stored()]).toEqual([1, [0, 1]]);
    expect(await appended()).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(stored()).toEqual([0, 1]);
  });

  it('whose answer never comes stands all the same', async () => {
    const fault = server.faults.loseAck({ answer: 'silence' });
    const waiting = watched(appended());
    await until(() => fault.struck === 1);

    expect(await appended(clients.connect(server.connectionString))).toMatchObject({ nextExpectedRevision: 1n });
    expect([waiting.settled, stored()]).toEqual([false, [0, 1]]);
  });

  it('keeps its answer when it is a conflict', async () => {
    await appended();
    const fault = server.faults.loseAck();

    await expect(
      client.appendToStream('donation-A', numbered(2), { ...way, expectedRevision: NO_STREAM }),
    ).rejects.toMatchObject({ type: 'wrong-expected-version' });
    expect(fault.struck).toBe(0);
  });

  it('that is refused stores nothing, as often as that is wanted', async () => {
    const fault = server.faults.refuseAppend({ times: 2 });

    await expect(appended()).rejects.toMatchObject({ type: 'unavailable' });
    await expect(appended()).rejects.toMatchObject({ type: 'unavailable' });
    expect([fault.struck, stored()]).toEqual([2, []]);
    await appended();
    expect(stored()).toEqual([0, 1]);
  });

  it.each([
    ['is not stored', false, []],
    ['is stored all the same', true, [0, 1]],
  ])('that timed out %s', async (_what, storedAllTheSame, numbers) => {
    server.faults.timeOutWrite({ stored: storedAllTheSame });

    await expect(appended()).rejects.toMatchObject({ type: way === ONE_BY_ONE ? 'timeout' : 'deadline-exceeded' });
    expect(stored()).toEqual(numbers);
    expect(await appended()).toMatchObject({ nextExpectedRevision: 1n });
    expect(stored()).toEqual([0, 1]);
  });

  it('at a node that denies to lead is sent to the leader', async () => {
    server.faults.denyLeadership();
    const { host, port } = server.members()[0]!;

    await expect(appended()).rejects.toMatchObject({ type: 'not-leader', leader: { address: host, port } });
    expect(stored()).toEqual([]);
    expect(await appended()).toMatchObject({ success: true });
  });

  it.each(['appends', 'everything'] as const)('is not answered by a server that is silent to %s', async (of) => {
    const fault = server.faults.fallSilent({ of });
    const waiting = watched(appended());
    await until(() => fault.struck > 0);
    fault.lift();

    await clients.connect(server.connectionString).appendToStream('donation-B', numbered(9), way);
    expect([waiting.settled, stored()]).toEqual([false, [9]]);
  });
});

describe('appends in batches', () => {
  const append = () => client.appendToStream('donation-A', numbered(0), { expectedRevision: NO_STREAM });

  it('are never answered once the server has ended their call, which the client cannot leave either', async () => {
    const fault = server.faults.halfCloseBatch();
    const stuck = EventStoreDBClient.connectionString(server.connectionString);
    const append = () => watched(stuck.appendToStream('donation-A', numbered(0), { expectedRevision: NO_STREAM }));
    const first = append();
    await until(() => fault.struck === 1);
    await client.appendToStream('donation-B', numbered(9));
    const second = append();
    await client.appendToStream('donation-B', numbered(10));
    const leaving = watched(stuck.dispose());
    await client.appendToStream('donation-B', numbered(11));

    expect([first, second, leaving].map(({ settled }) => settled)).toEqual([false, false, false]);
    expect(stored()).toEqual([9, 10, 11]);
  });

  it('are late from the start when the clock of the server is ahead', async () => {
    const fault = server.faults.runAheadOfClientClock({ times: Infinity });

    await expect(append()).rejects.toMatchObject({ type: 'deadline-exceeded' });
    await expect(append()).rejects.toMatchObject({ type: 'deadline-exceeded' });
    fault.lift();
    await append();
    expect([fault.struck, stored()]).toEqual([2, [0]]);
  });

  it('fail for as long as the client lives once it has not heard what the server can do', async () => {
    const fault = server.faults.failFeatures();

    await expect(append()).rejects.toMatchObject({ code: 13 });
    await expect(append()).rejects.toMatchObject({ code: 13 });
    expect([fault.struck, stored()]).toEqual([1, []]);
    await clients.connect(server.connectionString).appendToStream('donation-A', numbered(0));
    expect(stored()).toEqual([0]);
  });
});

describe('a read', () => {
  beforeEach(() => client.appendToStream('donation-A', numbered(0, 1, 2, 3)));

  it.each([
    ['of a stream', () => client.readStream('donation-A'), [0, 1]],
    ['of everything', () => client.readAll(), []],
  ])('%s breaks after so many events, and not again', async (_what, reading, numbers) => {
    server.faults.breakRead({ after: 2 });
    const found: Parameters<typeof numbersOf>[0][number][] = [];
    const broken = (async () => {
      for await (const event of reading()) found.push(event);
    })();

    await expect(broken).rejects.toMatchObject({ type: 'unavailable' });
    expect(numbersOf(found)).toEqual(numbers);
    expect(numbersOf(await read(reading()))).toEqual([0, 1, 2, 3]);
  });

  it('at a silent server waits, and is over when the client goes', async () => {
    const fault = server.faults.fallSilent({ of: 'reads' });
    const waiting = watched(read(client.readAll()));
    await until(() => fault.struck === 1);
    await client.appendToStream('donation-A', numbered(4));

    expect(waiting.settled).toBe(false);
    fault.lift();
    expect(numbersOf(await read(clients.connect(server.connectionString).readAll()))).toEqual([0, 1, 2, 3, 4]);
  });

  it('is slow for each event, and loses none', async () => {
    const fault = server.faults.slowReads({ milliseconds: 1 });

    expect(numbersOf(await read(client.readStream('donation-A')))).toEqual([0, 1, 2, 3]);
    expect(fault.struck).toBe(4);
    fault.lift();
    await read(client.readStream('donation-A'));
    expect(fault.struck).toBe(4);
  });

  it('that asks for the leader is sent to it', async () => {
    server.faults.denyLeadership({ times: 1 });

    expect(await read(client.readStream('donation-A'))).toHaveLength(4);
    await expect(read(client.readStream('donation-A', { requiresLeader: true }))).rejects.toMatchObject({
      type: 'not-leader',
    });
    expect(await read(client.readStream('donation-A', { requiresLeader: true }))).toHaveLength(4);
  });
});

describe('a subscription', () => {
  const append = (...numbers: number[]) => client.appendToStream('donation-A', numbered(...numbers));
  beforeEach(() => append(0, 1, 2, 3));

  const positionOf = (index: number): Position => {
    const { position } = server.log.events()[index]!;
    return { commit: position, prepare: position };
  };

  it.each([
    ['with an error', () => server.faults.dropSubscription(), 'unavailable'],
    ['cleanly', () => server.faults.endSubscription(), 'ended'],
  ])('that waits ends %s at once, and the next one stays', async (_how, inject, last) => {
    const received = new Received(client.subscribeToAll());
    await received.until('caught up');
    const fault = inject();

    expect(await received.until(last)).toEqual(['confirmed', 0, 1, 2, 3, 'caught up', last]);
    expect(fault.struck).toBe(1);
    const next = new Received(client.subscribeToAll({ fromPosition: positionOf(3) }));
    await next.until('caught up');
    await append(4);
    expect(await next.until(4)).toEqual(['confirmed', 'caught up', 4]);
  });

  it.each([
    ['with an error', () => server.faults.dropSubscription({ after: 2, times: 2 }), 'unavailable'],
    ['cleanly', () => server.faults.endSubscription({ after: 2, times: 2 }), 'ended'],
  ])('ends %s after so many events, as often as that is wanted', async (_how, inject, last) => {
    inject();
    const subscribed = () => new Received(client.subscribeToStream('donation-A'));

    for (const _ of [1, 2]) {
      expect(await subscribed().until(last)).toEqual(['confirmed', 0, 1, last]);
    }
    expect(await subscribed().until('caught up')).toEqual(['confirmed', 0, 1, 2, 3, 'caught up']);
  });

  it('starts a few events too early after a fault of that kind', async () => {
    server.faults.repeatEvents({ events: 2 });
    const fromPosition = positionOf(2);

    expect(await new Received(client.subscribeToAll({ fromPosition })).until('caught up')).toEqual([
      'confirmed',
      1,
      2,
      3,
      'caught up',
    ]);
    expect(await new Received(client.subscribeToAll({ fromPosition })).until('caught up')).toEqual([
      'confirmed',
      3,
      'caught up',
    ]);
  });

  it('starts too early by events that it wants, also in a stream and with a filter', async () => {
    await client.appendToStream('hub-B', numbered(10));
    server.faults.repeatEvents({ events: 2, times: 2 });
    const filter = streamNameFilter({ prefixes: ['donation-'] });

    expect(
      await new Received(client.subscribeToAll({ fromPosition: positionOf(4), filter })).until('caught up'),
    ).toEqual(['confirmed', 2, 3, 'caught up']);
    expect(
      await new Received(client.subscribeToStream('donation-A', { fromRevision: END })).until('caught up'),
    ).toEqual(['confirmed', 2, 3, 'caught up']);
  });

  it('with a filter is told a checkpoint ahead of its events', async () => {
    const fault = server.faults.sendCheckpointAhead();
    const told: Position[] = [];
    const filter = streamNameFilter({
      prefixes: ['donation-'],
      checkpointReached: async (_, position) => void told.push(position),
    });
    const subscription = client.subscribeToAll({ filter });
    const received = new Received(subscription);
    const toldFirst = new Promise((resolve) => subscription.once('data', () => resolve([...told])));

    expect(await toldFirst).toEqual([positionOf(3)]);
    expect(await received.until('caught up')).toEqual(['confirmed', 0, 1, 2, 3, 'caught up']);
    expect(fault.struck).toBe(1);
  });

  it('is held back while the server is silent, and goes on afterwards', async () => {
    const received = new Received(client.subscribeToAll());
    await received.until('caught up');
    const fault = server.faults.fallSilent({ of: 'reads' });
    await append(4, 5);
    const unheard = new Received(client.subscribeToAll());
    await until(() => fault.struck === 1);

    expect(received.story).not.toContain(4);
    fault.lift();
    expect(await received.until(5)).toEqual(['confirmed', 0, 1, 2, 3, 'caught up', 4, 5]);
    expect(unheard.story).toEqual([]);
  });
});

it('a server that is well again strikes no more', async () => {
  const { faults } = server;
  const armed = [
    faults.loseAck({ times: Infinity }),
    faults.refuseAppend(),
    faults.fallSilent(),
    faults.failFeatures(),
    faults.breakRead(),
    faults.slowReads(),
    faults.dropSubscription(),
  ];
  faults.liftAll();

  await client.appendToStream('donation-A', numbered(0));
  expect(numbersOf(await read(client.readAll()))).toEqual([0]);
  expect(await new Received(client.subscribeToAll()).until('caught up')).toContain(0);
  expect(armed.map(({ struck }) => struck)).toEqual(armed.map(() => 0));
});
