// Several nodes over one log, one of them leading, as the real client finds its way among them.
import { FOLLOWER, type EventStoreDBClient } from '@eventstore/db-client';
import { Clients, numbered, numbersOf, read, Received, until } from './clients.js';
import { EventStoreServer, type ServerOptions } from './server.js';

const clients = new Clients();
let server: EventStoreServer;

const started = async (options: ServerOptions = {}) => {
  server = await EventStoreServer.start({ nodes: 3, ...options });
  return clients.connect(server.connectionString);
};

afterEach(async () => {
  await clients.dispose();
  await server.stop();
});

const portOf = (index: number) => server.members()[index]!.port;

const append = (client: EventStoreDBClient, number: number) => client.appendToStream('donation-A', numbered(number));

/** Makes the call until it is answered, as a client must that meets a failover. */
async function inTheEnd<T>(call: () => Promise<T>): Promise<{ answer: T; failures: string[] }> {
  const failures: string[] = [];
  for (;;) {
    try {
      return { answer: await call(), failures };
    } catch (error) {
      failures.push((error as { type: string }).type);
      if (failures.length > 5) throw error;
    }
  }
}

describe('a cluster of three', () => {
  it.each([
    ['by its nodes', () => server.connectionString],
    ['by one node that knows the others', () => server.discoveryString],
  ])('is found %s, and its leader written to', async (_how, address) => {
    await started();
    server.elect(2);
    const client = clients.connect(address());
    await append(client, 0);

    expect(server.connectionString).toBe(
      `esdb://127.0.0.1:${portOf(0)},127.0.0.1:${portOf(1)},127.0.0.1:${portOf(2)}?tls=false`,
    );
    expect(server.members().map(({ leads }) => leads)).toEqual([false, false, true]);
    expect(server.log.events()).toHaveLength(1);
  });

  it('is read at any node', async () => {
    const client = await started();
    await append(client, 0);

    for (const index of [0, 1, 2]) {
      const one = clients.connect(server.connectionStringOf(index));
      expect(numbersOf(await read(one.readStream('donation-A')))).toEqual([0]);
    }
  });

  it('is written at its leader only: a follower names it', async () => {
    await started();
    const follower = clients.connect(server.connectionStringOf(1));
    const leader = { address: '127.0.0.1', port: portOf(0) };

    await expect(append(follower, 0)).rejects.toMatchObject({ type: 'not-leader', leader });
    expect(server.log.events()).toEqual([]);
    await append(follower, 0);
    expect(server.log.events()).toHaveLength(1);
  });

  it('sends a read that asks for the leader away from a follower', async () => {
    await append(await started(), 0);
    const follower = clients.connect(server.connectionStringOf(1));
    const reading = () => read(follower.readStream('donation-A', { requiresLeader: true }));

    await expect(reading()).rejects.toMatchObject({ type: 'not-leader' });
    expect(numbersOf(await reading())).toEqual([0]);
  });

  it('hands writes on to its leader, if that is its habit and the client does not ask for the leader', async () => {
    await started({ followersForward: true });
    const follower = clients.connect(server.connectionStringOf(1));
    await append(follower, 0);
    const asking = clients.connect(server.connectionStringOf(1));

    expect(server.log.events()).toHaveLength(1);
    await expect(asking.appendToStream('donation-A', numbered(1), { requiresLeader: true })).rejects.toMatchObject({
      type: 'not-leader',
    });
  });
});

describe('when another node is elected', () => {
  it('the old leader drops its subscriptions, and sends writers to the new one', async () => {
    const client = await started();
    await append(client, 0);
    const received = new Received(client.subscribeToAll());
    const elsewhere = new Received(clients.connect(server.connectionStringOf(2)).subscribeToAll());
    await Promise.all([received.until('caught up'), elsewhere.until('caught up')]);

    server.elect(1);

    expect(await received.until('unavailable')).toEqual(['confirmed', 0, 'caught up', 'unavailable']);
    await until(() => server.openSubscriptions === 1);
    await inTheEnd(() => append(client, 1));
    expect(await elsewhere.until(1)).toEqual(['confirmed', 0, 'caught up', 1]);
    expect(server.log.events()).toHaveLength(2);
  });

  it('a batch at the old leader is told where to go', async () => {
    const old = await started().then(() => clients.connect(server.connectionStringOf(0)));
    await append(old, 0);
    server.elect(2);

    const { failures } = await inTheEnd(() => append(old, 1));
    expect(failures).toEqual(['not-leader']);
    expect(server.log.events()).toHaveLength(2);
  });
});

describe('when the leader is gone', () => {
  it('nothing is written until another is elected, then the client finds it', async () => {
    const client = await started();
    await append(client, 0);
    await server.stopNode(0);
    const follower = clients.connect(server.connectionStringOf(1));

    expect(server.members().map(({ alive }) => alive)).toEqual([false, true, true]);
    await expect(append(follower, 1)).rejects.toMatchObject({
      type: 'unknown',
      message: 'Could not recognize Server Is Not Ready',
    });
    expect(numbersOf(await read(follower.readStream('donation-A')))).toEqual([0]);

    server.elect(1);
    await inTheEnd(() => append(client, 1));
    expect(server.log.events()).toHaveLength(2);
  });

  it('it comes back on its port, as a follower of the one elected', async () => {
    await append(await started(), 0);
    const before = server.members().map(({ port }) => port);
    await server.stopNode(0);
    server.elect(1);
    await server.startNode(0);

    expect(server.members().map(({ port }) => port)).toEqual(before);
    const back = clients.connect(server.connectionStringOf(0));
    const { answer } = await inTheEnd(() => read(back.readStream('donation-A')));
    expect(numbersOf(answer)).toEqual([0]);
    await expect(append(back, 1)).rejects.toMatchObject({ type: 'not-leader', leader: { port: portOf(1) } });
  });

  it('a client that prefers followers reads on', async () => {
    await append(await started(), 0);
    await server.stopNode(0);
    const client = clients.connect(`${server.connectionString}&nodePreference=${FOLLOWER}`);

    expect(numbersOf(await read(client.readStream('donation-A')))).toEqual([0]);
  });
});

it('a node that is not there is an error', async () => {
  await started();

  expect(() => server.elect(3)).toThrow('There is no node 3: this server has 3, counted from 0.');
});
