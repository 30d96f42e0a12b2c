// kernel: commands on one stream, from deciding to the log.
import * as relief from '../../test/support/relief.js';
import { MemoryEventStore } from '../store/memory.event-store.js';
import { donation, type Donation } from '../donation/donation.js';
import { donationShapes, type DonationFact } from '../donation/donation.events.js';
import { Conflict, Refused } from './errors.js';
import type { EventStore } from './event-store.js';
import { eventId } from './identifiers.js';
import { Transactions, type Intention } from './transact.js';

const STREAM = 'donation-D';
const SHAPES = { ...donationShapes, EntryCorrected: [] };

type Deciding = Intention<Donation, DonationFact>['decide'];

/** A command under an id: pledges 500 masks unless told otherwise. */
function intention(
  commandId: string,
  about: Partial<Intention<Donation, DonationFact>> = {},
): Intention<Donation, DonationFact> {
  const { circumstances } = relief;
  return {
    ...{ stream: STREAM, decider: donation, content: { asked: 'something' }, happenedAt: relief.HAPPENED },
    circumstances: circumstances(commandId),
    decide: async (state) => (state.status === 'none' ? [relief.pledged()] : []),
    ...about,
  };
}

const always =
  (...facts: DonationFact[]): Deciding =>
  async () =>
    facts;

/** A store, and what was asked of it. `overtaken` appends are preceded by somebody else's. */
function storeOvertaken(times: number) {
  const memory = new MemoryEventStore();
  const appends: number[] = [];
  const reads: string[] = [];
  const store: EventStore = Object.assign(Object.create(memory) as MemoryEventStore, {
    readStream: async (stream: string) => {
      reads.push(stream);
      return memory.readStream(stream);
    },
    append: async (stream: string, expected: number, events: Parameters<EventStore['append']>[2]) => {
      appends.push(events.length);
      if (appends.length <= times) {
        const others = [
          {
            ...events[0]!,
            id: eventId(STREAM, 'somebody else', appends.length),
            commandId: `somebody else ${appends.length}`,
          },
        ];
        await memory.append(stream, expected, others);
      }
      return memory.append(stream, expected, events);
    },
  });
  return { store, memory, appends, reads };
}

describe('a command', () => {
  it('is recorded under its circumstances, and answered with its place', async () => {
    const store = new MemoryEventStore();
    const [answer] = await new Transactions(store, SHAPES).transact([
      intention('first', { reportedAt: '2020-03-14T00:00:00Z' }),
    ]);
    expect(answer).toEqual({
      stream: STREAM,
      version: 0,
      position: 1,
      events: [eventId(STREAM, 'first', 0)],
      doubtful: [],
      repeated: false,
    });
    const { id, type, schema, happenedAt, reportedAt, commandId, actor, data } = (await store.readStream(STREAM))[0]!;
    expect({ id, type, schema, happenedAt, reportedAt, commandId, actor, data }).toEqual({
      ...{
        id: eventId(STREAM, 'first', 0),
        schema: 1,
        happenedAt: relief.HAPPENED,
        reportedAt: '2020-03-14T00:00:00Z',
      },
      ...{ ...relief.pledged(), commandId: 'first', actor: { id: 'u-17', role: 'logistician' } },
    });
  });

  it('is recorded in the schema of today', async () => {
    const store = new MemoryEventStore();
    const shapes = { ...SHAPES, DonationPledged: [(data: object) => data, (data: object) => data] };
    await new Transactions(store, shapes).transact([intention('first')]);
    expect((await store.readStream(STREAM))[0]!.schema).toBe(3);
  });

  it('that makes nothing is answered with where the stream stands, and appends nothing', async () => {
    const { store, appends } = storeOvertaken(0);
    const transactions = new Transactions(store, SHAPES);
    await transactions.transact([intention('first')]);
    const [answer] = await transactions.transact([intention('second')]);
    expect(answer).toEqual({ stream: STREAM, version: 0, position: 1, events: [], doubtful: [], repeated: true });
    expect(appends).toEqual([1]);
  });

  it('that is refused appends nothing', async () => {
    const { store, appends } = storeOvertaken(0);
    const decide: Deciding = async () => {
      throw new Refused('PLEDGE_CANCELLED', 'It was cancelled.');
    };
    await expect(new Transactions(store, SHAPES).transact([intention('first', { decide })])).rejects.toMatchObject({
      code: 'PLEDGE_CANCELLED',
    });
    expect(appends).toEqual([]);
  });

  it('names each of its facts by its own id', async () => {
    const decide = always(relief.pledged(), relief.amended());
    const [answer] = await new Transactions(new MemoryEventStore(), SHAPES).transact([intention('first', { decide })]);
    expect(answer).toMatchObject({
      version: 1,
      position: 2,
      events: [eventId(STREAM, 'first', 0), eventId(STREAM, 'first', 1)],
    });
  });

  it('decides on corrected facts', async () => {
    const store = new MemoryEventStore();
    const transactions = new Transactions(store, SHAPES);
    await transactions.transact([intention('first')]);
    await transactions.transact([
      intention('second', { decide: async () => [relief.corrected<DonationFact>(eventId(STREAM, 'first', 0))] }),
    ]);
    const [answer] = await transactions.transact([intention('third')]);
    expect(answer).toMatchObject({ version: 2, repeated: false });
  });
});

describe('a command given again under its id', () => {
  it('gets its first answer and records nothing', async () => {
    const store = new MemoryEventStore();
    const transactions = new Transactions(store, SHAPES);
    const decide = always(relief.pledged(), relief.amended());
    const [first] = await transactions.transact([intention('first', { decide })]);
    await transactions.transact([intention('between', { decide: always(relief.cancelled()) })]);
    const [again] = await transactions.transact([intention('first', { decide })]);
    expect(again).toEqual({ ...first, repeated: true });
    expect(await store.readStream(STREAM)).toHaveLength(3);
  });

  it('is refused when its content is another', async () => {
    const transactions = new Transactions(new MemoryEventStore(), SHAPES);
    await transactions.transact([intention('first')]);
    await expect(
      transactions.transact([intention('first', { content: { asked: 'another thing' } })]),
    ).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
      figures: { event: eventId(STREAM, 'first', 0), type: 'DonationPledged' },
    });
  });

  it('gets its first answer even when it decided on a version that is past', async () => {
    const transactions = new Transactions(new MemoryEventStore(), SHAPES);
    const [first] = await transactions.transact([intention('first', { ifVersion: -1 })]);
    const [again] = await transactions.transact([intention('first', { ifVersion: -1 })]);
    expect(again).toEqual({ ...first, repeated: true });
  });
});

describe('a command that was overtaken', () => {
  it.each([1, 2, 3])('decides again, up to four times: overtaken %d times', async (times) => {
    const { store, appends } = storeOvertaken(times);
    const seen: string[] = [];
    const decide: Deciding = async (state, history) => {
      seen.push(`${state.status} ${history.length}`);
      return [relief.amended()];
    };
    const [answer] = await new Transactions(store, SHAPES).transact([intention('first', { decide })]);
    expect(answer).toMatchObject({ version: times, repeated: false });
    expect(seen).toEqual(['none 0', 'pledged 1', 'pledged 2', 'pledged 3'].slice(0, times + 1));
    expect(appends).toHaveLength(times + 1);
  });

  it('gives up after four tries', async () => {
    const { store, appends } = storeOvertaken(4);
    const command = intention('first', { decide: always(relief.amended()) });
    await expect(new Transactions(store, SHAPES).transact([command])).rejects.toThrow(Conflict);
    expect(appends).toHaveLength(4);
  });

  it('is told at once when it decided on one version', async () => {
    const { store, appends, reads } = storeOvertaken(1);
    await expect(new Transactions(store, SHAPES).transact([intention('first', { ifVersion: -1 })])).rejects.toThrow(
      Conflict,
    );
    expect(appends).toHaveLength(1);
    expect(reads).toHaveLength(1);
  });

  it('is told before it decides when that version is past', async () => {
    const { store, appends } = storeOvertaken(0);
    const transactions = new Transactions(store, SHAPES);
    await transactions.transact([intention('first')]);
    const decide = always(relief.amended());
    const stale = transactions.transact([intention('second', { decide, ifVersion: 7 })]);
    await expect(stale).rejects.toMatchObject({ code: 'CONFLICT', status: 412, expected: 7, actual: 0 });
    expect(appends).toHaveLength(1);
  });

  it('hears of any other fault at once', async () => {
    const { store, appends } = storeOvertaken(0);
    const broken = Object.assign(Object.create(store) as EventStore, {
      append: async () => {
        appends.push(1);
        throw new Error('The disk is full.');
      },
    });
    await expect(new Transactions(broken, SHAPES).transact([intention('first')])).rejects.toThrow('The disk is full.');
    expect(appends).toHaveLength(1);
  });
});

describe('several commands together', () => {
  const pledge = intention('one');
  const amend = intention('two', { decide: async (state) => (state.status === 'pledged' ? [relief.amended()] : []) });

  it('are recorded in one append, each deciding on what the ones before made', async () => {
    const { store, memory, appends } = storeOvertaken(0);
    const answers = await new Transactions(store, SHAPES).transact([pledge, amend]);
    expect(appends).toEqual([2]);
    expect(answers.map(({ events }) => events)).toEqual([[eventId(STREAM, 'one', 0)], [eventId(STREAM, 'two', 0)]]);
    expect((await memory.readStream(STREAM)).map(({ type }) => type)).toEqual(['DonationPledged', 'PledgeAmended']);
  });

  it('are not recorded at all when one is refused', async () => {
    const { store, appends } = storeOvertaken(0);
    const decide: Deciding = async () => {
      throw new Refused('PLEDGE_CANCELLED', 'It was cancelled.');
    };
    await expect(new Transactions(store, SHAPES).transact([pledge, intention('two', { decide })])).rejects.toThrow(
      Refused,
    );
    expect(appends).toEqual([]);
  });

  it('are recorded as far as they are new', async () => {
    const { store, appends } = storeOvertaken(0);
    const transactions = new Transactions(store, SHAPES);
    const [first] = await transactions.transact([pledge]);
    const [again, second] = await transactions.transact([pledge, amend]);
    expect(again).toEqual({ ...first, repeated: true });
    expect(second).toMatchObject({ version: 1, repeated: false });
    expect(appends).toEqual([1, 1]);
  });

  it('all decide again when they were overtaken', async () => {
    const { store, memory } = storeOvertaken(1);
    await new Transactions(store, SHAPES).transact([
      intention('one', { decide: always(relief.cancelled()) }),
      intention('two', { decide: always(relief.amended()) }),
    ]);
    expect((await memory.readStream(STREAM)).map(({ type }) => type)).toEqual([
      'PledgeCancelled',
      'PledgeCancelled',
      'PledgeAmended',
    ]);
  });
});

describe('commands at the same time', () => {
  it('on one stream wait for each other, so none is overtaken', async () => {
    const { store, appends } = storeOvertaken(0);
    const transactions = new Transactions(store, SHAPES);
    const ids = Array.from({ length: 20 }, (_, index) => `command ${index}`);
    const decide = always(relief.amended());
    await Promise.all(ids.map((id) => transactions.transact([intention(id, { decide })])));
    expect(appends).toEqual(ids.map(() => 1));
  });

  it('under one id on one stream record once', async () => {
    const store = new MemoryEventStore();
    const transactions = new Transactions(store, SHAPES);
    const command = intention('first', { decide: always(relief.amended()) });
    const answers = (await Promise.all([transactions.transact([command]), transactions.transact([command])])).flat();
    expect(answers.map(({ repeated }) => repeated)).toEqual([false, true]);
    expect(await store.readStream(STREAM)).toHaveLength(1);
  });
});

describe('a stream that this process wrote last', () => {
  const onState = (commandId: string, about: Partial<Intention<Donation, DonationFact>> = {}) =>
    intention(commandId, { onStateAlone: true, ...about });
  const amend: Deciding = async (state) => (state.status === 'pledged' ? [relief.amended()] : []);
  const cancelOnce: Deciding = async (state) => {
    if (state.status === 'cancelled') throw new Refused('PLEDGE_CANCELLED', 'It was cancelled.');
    return [relief.cancelled()];
  };

  /** A stream with a pledge, written by these transactions and then by somebody else too. */
  async function pledged(...others: readonly DonationFact[]) {
    const { store, memory, appends, reads } = storeOvertaken(0);
    const transactions = new Transactions(store, SHAPES);
    await transactions.transact([onState('first')]);
    const [first] = await memory.readStream(STREAM);
    for (const [index, { type, data }] of others.entries()) {
      const id = eventId(STREAM, 'somebody else', index);
      await memory.append(STREAM, index, [{ ...first!, id, type, data, commandId: `somebody else ${index}` }]);
    }
    appends.length = reads.length = 0;
    return { transactions, memory, appends, reads };
  }

  it('is not read again for a command that decides on its state', async () => {
    const { transactions, memory, reads } = await pledged();
    const [answer] = await transactions.transact([onState('second', { decide: amend })]);
    await transactions.transact([onState('third', { decide: cancelOnce })]);
    expect(answer).toMatchObject({ version: 1, position: 2, repeated: false });
    expect((await memory.readStream(STREAM)).map(({ type }) => type)).toEqual([
      ...['DonationPledged', 'PledgeAmended', 'PledgeCancelled'],
    ]);
    expect(reads).toEqual([]);
  });

  it('is read for a command that was given before, which gets its first answer', async () => {
    const { transactions, reads } = await pledged();
    const [first] = await transactions.transact([onState('second', { decide: amend })]);
    const [again] = await transactions.transact([onState('second', { decide: amend })]);
    expect(again).toEqual({ ...first, repeated: true });
    expect(reads).toEqual([STREAM]);
  });

  it('is read after a correction, and decided on as corrected', async () => {
    const { transactions } = await pledged();
    const decide: Deciding = async () => [relief.corrected<DonationFact>(eventId(STREAM, 'first', 0))];
    await transactions.transact([intention('second', { decide })]);
    const [answer] = await transactions.transact([onState('third')]);
    expect(answer).toMatchObject({ version: 2, repeated: false });
  });

  it('is decided on again when somebody else wrote to it', async () => {
    const { transactions, appends } = await pledged(relief.cancelled());
    const decided = transactions.transact([onState('second', { decide: cancelOnce })]);
    await expect(decided).rejects.toMatchObject({ code: 'PLEDGE_CANCELLED' });
    expect(appends).toHaveLength(1);
  });

  it('is read before a command is refused, or told that nothing is new', async () => {
    const { transactions } = await pledged();
    await transactions.transact([onState('second', { decide: cancelOnce })]);
    const { transactions: stale, reads } = await pledged(relief.cancelled());
    const [answer] = await stale.transact([onState('second', { decide: async () => [] })]);
    expect(answer).toMatchObject({ version: 1, repeated: true });
    await expect(transactions.transact([onState('third', { decide: cancelOnce })])).rejects.toThrow(Refused);
    expect(reads).toEqual([STREAM]);
  });

  it('is read before a caller is told that a version is past', async () => {
    const { transactions } = await pledged(relief.amended());
    const [answer] = await transactions.transact([onState('second', { decide: amend, ifVersion: 1 })]);
    expect(answer).toMatchObject({ version: 2, repeated: false });
  });

  it('is forgotten when an append fails, whatever the reason', async () => {
    const { store, memory } = storeOvertaken(0);
    let broken = false;
    const fragile = Object.assign(Object.create(store) as EventStore, {
      append: (...given: Parameters<EventStore['append']>) =>
        broken ? Promise.reject(new Error('The disk is full.')) : memory.append(...given),
    });
    const transactions = new Transactions(fragile, SHAPES);
    await transactions.transact([onState('first')]);
    broken = true;
    await expect(transactions.transact([onState('second', { decide: amend })])).rejects.toThrow('The disk is full.');
    broken = false;
    const [answer] = await transactions.transact([onState('second', { decide: amend })]);
    expect(answer).toMatchObject({ version: 1, repeated: false });
  });
});
