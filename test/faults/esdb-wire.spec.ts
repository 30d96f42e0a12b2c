// Faults between the store and EventStoreDB: whatever happens on the wire, what was answered stands once, and nothing else.
import { NO_STREAM } from '../../src/kernel/event-store.js';
import { Unavailable } from '../../src/kernel/errors.js';
import { EventStoreDbEventStore } from '../../src/store/eventstoredb.event-store.js';
import { batch, ids, whole } from '../contract/proposed.js';
import { Tally } from '../contract/tally.js';
import type { Fault } from '../support/esdb/fault-spot.js';
import type { Faults } from '../support/esdb/faults.js';
import { Bench, HASTE } from './esdb-load.js';
import { heard } from './heard.js';

const APPENDS = 6;

/** Faults that strike in the middle of a load; each must have struck, or it proves nothing. */
const STRIKES: readonly [name: string, arm: (faults: Faults) => Fault][] = [
  ['the answer to an append is lost, the call fails', (faults) => faults.loseAck({ times: 5 })],
  ['the answer to an append is lost in silence', (faults) => faults.loseAck({ answer: 'silence', times: 3 })],
  ['appends are refused before they are stored', (faults) => faults.refuseAppend({ times: 5 })],
  ['writes time out and are not stored', (faults) => faults.timeOutWrite({ times: 5 })],
  ['writes time out and are stored', (faults) => faults.timeOutWrite({ stored: true, times: 5 })],
  ['a node denies that it leads', (faults) => faults.denyLeadership({ times: 3 })],
  ['appends meet silence', (faults) => faults.fallSilent({ of: 'appends', times: 4 })],
  ['reads meet silence', (faults) => faults.fallSilent({ of: 'reads', times: 4 })],
  ['reads break off', (faults) => faults.breakRead({ after: 2, times: 4 })],
  ['the subscription is dropped by an error', (faults) => faults.dropSubscription({ times: 2 })],
  ['the subscription ends cleanly', (faults) => faults.endSubscription({ times: 2 })],
];

describe('with eight writers, nothing is lost and nothing is doubled when', () => {
  it.each(STRIKES)('%s', async (_, arm) => {
    const bench = await Bench.open();
    let fault: Fault | undefined;
    await bench.write(APPENDS, async (done) => {
      if (done === 10) fault = arm(bench.server.faults);
      if (done === 12) await bench.settled();
    });
    await bench.demandWhole(APPENDS);
    expect(fault!.struck).toBeGreaterThan(0);
  });

  it('the server is away for a second and comes back', async () => {
    const bench = await Bench.open();
    let restart: Promise<void> | undefined;
    await bench.write(APPENDS, (done) => {
      if (done === 10) restart = bench.server.restart();
    });
    await restart;
    await bench.demandWhole(APPENDS);
  });

  it('another node of three becomes the leader, twice, and the first leader is killed', async () => {
    const bench = await Bench.open({ nodes: 3 });
    let killed: Promise<void> | undefined;
    await bench.write(APPENDS, (done) => {
      if (done === 10) bench.server.elect(1);
      if (done === 25) {
        bench.server.elect(2);
        killed = bench.server.stopNode(0);
      }
    });
    await killed;
    await bench.demandWhole(APPENDS);
  });

  it('the clock of the server goes back an hour', async () => {
    let hours = 0;
    const bench = await Bench.open({ clock: { now: () => new Date(Date.now() - hours * 3_600_000) } });
    await bench.write(APPENDS, (done) => void (hours = done >= 10 ? 1 : 0));
    await bench.demandWhole(APPENDS);
  });

  it('a server of an older kind answers a repeat without its position', async () => {
    const bench = await Bench.open({ positionsInRepeats: false });
    const first = await bench.store.append('consignment-W0', NO_STREAM, batch('known', 2));
    bench.server.faults.loseAck();

    const { position } = await bench.store.append('consignment-W1', NO_STREAM, batch('lost', 2));

    expect(await bench.store.append('consignment-W0', NO_STREAM, batch('known', 2))).toEqual(first);
    expect((await whole(bench.store)).at(-1)!.position).toBe(position);
  });
});

describe('the wake-up', () => {
  const rows = (bench: Bench) => bench.views.view(Tally).rows();
  /** What another node appends: this one only hears of it through its subscription. */
  const elsewhere = async (bench: Bench, stream: string) => {
    const other = await EventStoreDbEventStore.open(bench.server.connectionString, HASTE);
    const { position } = await other.append(stream, NO_STREAM, batch(stream, 1));
    await other.close();
    return position;
  };

  it.each([
    ['was dropped by an error', (faults: Faults) => [faults.dropSubscription()]],
    ['ended cleanly', (faults: Faults) => [faults.endSubscription()]],
    ['starts before what was seen already', (faults: Faults) => [faults.repeatEvents(), faults.dropSubscription()]],
    [
      'claims to be further than what it delivered',
      (faults: Faults) => [faults.sendCheckpointAhead(), faults.dropSubscription()],
    ],
  ])('comes from another node also after the subscription %s', async (_, arm) => {
    const bench = await Bench.open();
    await elsewhere(bench, 'donation-A');
    await bench.settled();
    // Heard of once before: the subscription stands when the fault comes.
    await heard(bench.projector, await elsewhere(bench, 'donation-0'));
    const faults = arm(bench.server.faults);
    const between = await elsewhere(bench, 'donation-B');
    const after = await elsewhere(bench, 'donation-C');

    await heard(bench.projector, Math.max(between, after));
    expect(rows(bench)).toEqual(['0', 'A', 'B', 'C'].map((name) => ({ stream: `donation-${name}`, entries: 1 })));
    expect(bench.views.checkpoint().events).toBe(4);
    expect(faults.map(({ struck }) => struck)).toEqual(faults.map(() => 1));
  });
});

describe('a server that stays silent', () => {
  it('is answered with what to do, and what was sent is recorded once when it is sent again', async () => {
    const bench = await Bench.open({}, { call: 200, total: 600 });
    const fault = bench.server.faults.fallSilent();

    const error = await bench.store
      .append('donation-A', NO_STREAM, batch('silent', 2))
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ status: 503, code: 'LOG_UNAVAILABLE' });
    expect((error as Error).message).toMatch(/did not answer an append to donation-A in time.*send it again/);
    await expect(bench.store.readStream('donation-A')).rejects.toThrow(Unavailable);
    await expect(bench.store.reached()).rejects.toThrow(Unavailable);

    fault.lift();
    await bench.store.append('donation-A', NO_STREAM, batch('silent', 2));
    expect(ids(await whole(bench.store))).toEqual(ids(batch('silent', 2)));
  });

  it('stops no views for good: they go on by themselves when it answers again', async () => {
    const bench = await Bench.open({}, { call: 200, total: 400 });
    const { position } = await bench.store.append('donation-A', NO_STREAM, batch('before', 1));
    const fault = bench.server.faults.fallSilent({ of: 'reads' });
    await expect(bench.projector.catchUp()).rejects.toThrow(Unavailable);
    expect(bench.projector.failedWith).toBeUndefined();
    expect(bench.projector.outOfReach).toBeInstanceOf(Unavailable);

    fault.lift();

    expect(await bench.projector.waitFor(position, 10_000)).toBe(true);
    expect(bench.projector.outOfReach).toBeUndefined();
  });

  it('is not waited for at closing', async () => {
    const bench = await Bench.open({}, { call: 200, total: 400 });
    bench.server.faults.fallSilent();
    await bench.projector.stop();

    await expect(bench.store.close()).resolves.toBeUndefined();
  });
});

describe('an event store that others write to', () => {
  it('is refused with the name of what does not belong there, and nothing is skipped', async () => {
    const bench = await Bench.open();
    bench.server.log.append('orders-1', 'any', [
      {
        id: '7a1b2f7e-3c55-4c0e-a9cf-1c1d1c6a5a55',
        type: 'OrderPlaced',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: Buffer.from(''),
      },
    ]);

    await expect(bench.projector.catchUp()).rejects.toThrow(
      /OrderPlaced in orders-1, which Relief Ledger did not write/,
    );
    expect(bench.projector.failedWith).toBeDefined();
  });

  it('is refused when it cannot say where events stand', async () => {
    const bench = await Bench.open({ positionsInStreamReads: false });
    await bench.store.append('donation-A', NO_STREAM, batch('old', 1));

    await expect(bench.store.readStream('donation-A')).rejects.toThrow(/22\.10 or newer/);
  });
});
