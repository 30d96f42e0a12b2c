// store: turns among nodes: never two at a time for one key, whatever becomes of whoever has it.
import { setTimeout as pause } from 'node:timers/promises';
import { upTo } from '../../../test/contract/proposed.js';
import { EventStoreServer } from '../../../test/support/esdb/server.js';
import { Unavailable } from '../../kernel/errors.js';
import { Connection } from './connection.js';
import { SharedTurns, type Lease } from './shared-turns.js';

const LEASE: Lease = { lapses: 400, usable: 150, poll: 5 };
const HASTE = { call: 300, total: 1_000 };

let server: EventStoreServer;
const connections: Connection[] = [];

beforeEach(async () => void (server = await EventStoreServer.start()));
afterEach(async () => {
  server.faults.liftAll();
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
  await server.stop();
});

/** A node of the cluster. */
function node(lease = LEASE): SharedTurns {
  const connection = new Connection(server.connectionString, HASTE);
  connections.push(connection);
  return new SharedTurns(connection, lease);
}

describe('turns among nodes', () => {
  it('let one at a time work for a key, across three nodes', async () => {
    let inside = 0;
    let most = 0;
    const nodes = upTo(3).map(() => node({ ...LEASE, lapses: 20_000 }));
    const work = async () => {
      most = Math.max(most, ++inside);
      await pause(2);
      inside--;
    };
    await Promise.all(upTo(18).map((n) => nodes[n % 3]!.take('stock of BELGG', work)));

    expect(most).toBe(1);
    expect(server.log.stream('relief-turn-stock-of-BELGG').map(({ type }) => type)).toEqual(
      upTo(36).map((n) => (n % 2 === 0 ? 'TurnTaken' : 'TurnGiven')),
    );
  });

  it('let others work for other keys meanwhile', async () => {
    const [one, two] = [node(), node()];
    const order: string[] = [];
    await one.take('stock of BELGG', async () => {
      await two.take('stock of NLAMS', async () => void order.push('inner'));
      order.push('outer');
    });

    expect(order).toEqual(['inner', 'outer']);
  });

  it('answer what the work answers, and pass the turn on when it throws', async () => {
    const [one, two] = [node({ ...LEASE, lapses: 20_000 }), node()];

    expect(await one.take('key', async () => 'done')).toBe('done');
    await expect(one.take('key', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(await two.take('key', async () => 'next')).toBe('next');
  });
});

describe('a holder', () => {
  it('that died loses the turn after the lapse, and not before', async () => {
    void node().take('key', () => new Promise(() => undefined));
    while (server.log.stream('relief-turn-key').length === 0) await pause(5);
    const taken = performance.now();

    await node().take('key', async () => undefined);

    expect(performance.now() - taken).toBeGreaterThanOrEqual(LEASE.lapses);
  });

  it('that took too long is stopped before it appends', async () => {
    await expect(
      node().take('key', async (turn) => {
        turn.demand();
        await pause(LEASE.usable + 20);
        turn.demand();
      }),
    ).rejects.toThrow(Unavailable);
  });

  it('that does not know whether its append arrived keeps the turn until it lapses', async () => {
    const lost = node().take('key', () => Promise.reject(new Unavailable('Nobody knows.')));
    await expect(lost).rejects.toThrow('Nobody knows.');
    const given = performance.now();

    await node().take('key', async () => undefined);

    expect(performance.now() - given).toBeGreaterThanOrEqual(LEASE.lapses - 50);
  });

  it('is not failed by a turn that cannot be given back: what it did is done', async () => {
    const done = await node().take('key', async () => {
      server.faults.fallSilent({ of: 'appends' });
      return 'done';
    });

    expect(done).toBe('done');
  });
});

describe('taking a turn', () => {
  it('counts once when the answer to it was lost', async () => {
    const fault = server.faults.loseAck();

    await node().take('key', async () => undefined);

    expect(fault.struck).toBe(1);
    expect(server.log.stream('relief-turn-key').map(({ type }) => type)).toEqual(['TurnTaken', 'TurnGiven']);
  });

  it('is unavailable while the log is out of reach', async () => {
    server.faults.fallSilent();

    await expect(node().take('key', async () => undefined)).rejects.toThrow(Unavailable);
  });
});
