// What the port of the log promises, asked of any store that claims to keep it.
import { Conflict, Invalid } from '../../src/kernel/errors.js';
import { NO_STREAM, type EventStore } from '../../src/kernel/event-store.js';
import { batch, ids, proposed, rising, upTo, whole } from './proposed.js';

export interface Opened {
  readonly store: EventStore;
}

export interface Reopened extends Opened {
  /** Closes the store and opens it again. */
  readonly reopen: () => Promise<EventStore>;
}

export function promises(name: string, open: () => Promise<Opened>): void {
  describe(`a log in ${name}`, () => {
    let store: EventStore;

    beforeEach(async () => {
      ({ store } = await open());
    });

    afterEach(() => store.close());

    const rejection = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );

    describe('reading a stream', () => {
      it('is empty when nobody wrote to it', async () => {
        expect(await store.readStream('donation-NOBODY')).toEqual([]);
      });

      it('gives all its facts in order and none of its neighbours', async () => {
        await store.append('donation-A', NO_STREAM, batch('first', 2));
        await store.append('donation-AB', NO_STREAM, batch('neighbour', 1));
        await store.append('donation-A', 1, batch('second', 3));

        const facts = await store.readStream('donation-A');

        expect(ids(facts)).toEqual(ids([...batch('first', 2), ...batch('second', 3)]));
        expect(facts.map(({ version }) => version)).toEqual([0, 1, 2, 3, 4]);
        expect(new Set(facts.map(({ stream }) => stream))).toEqual(new Set(['donation-A']));
      });

      it('tells capital letters from small ones', async () => {
        await store.append('donation-A', NO_STREAM, batch('capital', 1));

        expect(await store.readStream('donation-a')).toEqual([]);
      });

      it('gives back every part of the envelope, and stamps the rest', async () => {
        const stated = {
          ...proposed('whole'),
          correlationId: 'a journey',
          causationId: 'a cause',
          reportedAt: '2020-03-17T08:00:00+01:00',
        };
        const { position } = await store.append('donation-A', NO_STREAM, [stated]);

        const [fact] = await store.readStream('donation-A');

        expect(fact).toEqual({
          ...stated,
          stream: 'donation-A',
          version: 0,
          position,
          recordedAt: expect.any(String),
          imported: true,
        });
        expect(fact!.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      });

      it('says a fact is reported when it is recorded, unless it was stated', async () => {
        await store.append('donation-A', NO_STREAM, batch('stamped', 1));

        const [fact] = await store.readStream('donation-A');

        expect(fact).toMatchObject({ reportedAt: fact!.recordedAt, imported: false });
      });

      it('gives copies: whoever changes one changes nobody else’s', async () => {
        const data = { lines: [{ item: 'MASK' }] };
        await store.append('donation-A', NO_STREAM, [proposed('copy', 0, data)]);
        data.lines[0]!.item = 'changed by the writer';
        const [mine] = await store.readStream('donation-A');
        (mine!.data as typeof data).lines[0]!.item = 'changed by a reader';
        const [again] = await store.readAll(0, 1);
        (again!.data as typeof data).lines[0]!.item = 'changed by another reader';

        expect((await store.readStream('donation-A'))[0]!.data).toEqual({ lines: [{ item: 'MASK' }] });
      });
    });

    describe('appending', () => {
      it('answers the version and the position of the last event', async () => {
        const appended = await store.append('donation-A', NO_STREAM, batch('three', 3));

        const last = (await whole(store)).at(-1)!;
        expect(appended).toEqual({ version: 2, position: last.position });
      });

      it('is seen by whoever reads after the answer', async () => {
        for (const version of upTo(20)) {
          await store.append('donation-A', version - 1, batch(`write-${version}`, 1));
          expect(await store.readStream('donation-A')).toHaveLength(version + 1);
          expect(await store.readAll(0, 1000)).toHaveLength(version + 1);
        }
      });

      it.each([
        ['the stream must not exist, and does', NO_STREAM],
        ['the caller is behind', 0],
        ['the caller is ahead', 2],
        ['the caller is far ahead', 99],
      ])('is a conflict with the figures when %s', async (_, expected) => {
        await store.append('donation-A', NO_STREAM, batch('there', 2));

        const error = await rejection(store.append('donation-A', expected, batch('late', 1)));

        expect(error).toBeInstanceOf(Conflict);
        expect(error).toMatchObject({ stream: 'donation-A', expected, actual: 1 });
        expect(await whole(store)).toHaveLength(2);
      });

      it('is a conflict when a stream that nobody wrote to is expected to exist', async () => {
        expect(await rejection(store.append('donation-A', 0, batch('early', 1)))).toMatchObject({
          expected: 0,
          actual: NO_STREAM,
        });
        expect(await whole(store)).toEqual([]);
      });

      it('takes the names and words of any language', async () => {
        const stream = 'donation-Łódź-湖北-🇮🇹-‮ar-e\u0301';
        const data = {
          note: '口罩 😷 “Grüße” \u0000 \ud83d \\ " \n',
          deep: { 'clé-é': ['', null, 0, -0.5, 1e21, true] },
        };
        await store.append(stream, NO_STREAM, [proposed('words', 0, data)]);

        const [fact] = await store.readStream(stream);

        expect(fact).toMatchObject({ stream, data });
        expect((await whole(store))[0]).toEqual(fact);
      });

      it('tells streams apart that only look the same', async () => {
        await store.append('donation-\u00e9', NO_STREAM, batch('composed', 1));

        expect(await store.readStream('donation-e\u0301')).toEqual([]);
      });

      it('takes an event of almost a megabyte', async () => {
        const text = 'x'.repeat(990_000);
        await store.append('donation-A', NO_STREAM, [proposed('large', 0, { text })]);

        expect((await store.readStream('donation-A'))[0]!.data).toEqual({ text });
      });
    });

    describe('repeating an append whose answer got lost', () => {
      it('answers as the first time and adds nothing', async () => {
        await store.append('donation-B', NO_STREAM, batch('before', 2));
        const first = await store.append('donation-A', NO_STREAM, batch('lost answer', 3));

        expect(await store.append('donation-A', NO_STREAM, batch('lost answer', 3))).toEqual(first);
        expect(await whole(store)).toHaveLength(5);
      });

      it('answers as the first time when others wrote behind it', async () => {
        const first = await store.append('donation-A', NO_STREAM, batch('lost answer', 2));
        await store.append('donation-A', 1, batch('somebody else', 2));

        expect(await store.append('donation-A', NO_STREAM, batch('lost answer', 2))).toEqual(first);
        expect(await store.readStream('donation-A')).toHaveLength(4);
      });

      it('answers as the first time in the middle of a stream', async () => {
        await store.append('donation-A', NO_STREAM, batch('before', 2));
        const first = await store.append('donation-A', 1, batch('lost answer', 2));
        await store.append('donation-A', 3, batch('behind', 1));

        expect(await store.append('donation-A', 1, batch('lost answer', 2))).toEqual(first);
        expect(await store.readStream('donation-A')).toHaveLength(5);
      });

      it('answers each of many that repeat at once as the first time', async () => {
        const answers = await Promise.all(upTo(20).map(() => store.append('donation-A', NO_STREAM, batch('same', 2))));

        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
        expect(await whole(store)).toHaveLength(2);
      });

      it.each([
        ['more events than stand there', [...batch('first', 2), proposed('more', 0)]],
        ['the same events in another order', batch('first', 2).reverse()],
        ['the first event and another one', [proposed('first', 0), proposed('other', 1)]],
        ['only the second event', [proposed('first', 1)]],
      ])('is a conflict with %s', async (_, events) => {
        await store.append('donation-A', NO_STREAM, batch('first', 2));

        expect(await rejection(store.append('donation-A', NO_STREAM, events))).toBeInstanceOf(Conflict);
        expect(ids(await whole(store))).toEqual(ids(batch('first', 2)));
      });

      it('is a conflict when these events stand, but not right behind the expected version', async () => {
        await store.append('donation-A', NO_STREAM, batch('before', 1));
        await store.append('donation-A', 0, batch('first', 1));

        expect(await rejection(store.append('donation-A', NO_STREAM, batch('first', 1)))).toBeInstanceOf(Conflict);
      });

      it('is a conflict when these events stand in another stream', async () => {
        await store.append('donation-A', NO_STREAM, batch('first', 1));
        await store.append('donation-B', NO_STREAM, batch('other', 1));

        expect(await rejection(store.append('donation-B', NO_STREAM, batch('first', 1)))).toMatchObject({
          stream: 'donation-B',
          actual: 0,
        });
      });

      it('is a new append at the right version: knowing a command again is the work of whoever reads the stream', async () => {
        await store.append('donation-A', NO_STREAM, batch('first', 1));

        expect(await store.append('donation-A', 0, batch('first', 1))).toMatchObject({ version: 1 });
      });
    });

    describe('an append that cannot be taken', () => {
      const cyclic: Record<string, unknown> = { item: 'MASK' };
      cyclic['self'] = cyclic;

      it.each([
        ['no events', []],
        ['a whole number that JSON has no form for', [proposed('bad', 0, { quantity: 10n })]],
        ['data that contains itself', [proposed('bad', 0, cyclic)]],
        ['an event of more than a megabyte', [proposed('bad', 0, { text: 'x'.repeat(1_000_000) })]],
        [
          'an event of more than a megabyte in bytes, not in letters',
          [proposed('bad', 0, { text: '口'.repeat(340_000) })],
        ],
        [
          'one bad event among good ones',
          [proposed('good', 0), proposed('bad', 1, { quantity: 1n }), proposed('good', 2)],
        ],
      ])('is refused before any writing: %s', async (_, events) => {
        let woken = 0;
        store.onAppended(() => woken++);

        expect(await rejection(store.append('donation-A', NO_STREAM, events))).toBeInstanceOf(Invalid);
        expect(await whole(store)).toEqual([]);
        expect(woken).toBe(0);
        await store.append('donation-A', NO_STREAM, batch('good', 1));
        expect(await whole(store)).toHaveLength(1);
      });

      it('is refused even when its version is wrong too', async () => {
        expect(await rejection(store.append('donation-A', 7, []))).toBeInstanceOf(Invalid);
      });
    });

    describe('many writers at once', () => {
      it('lets exactly one of two have a version', async () => {
        for (const round of upTo(20)) {
          const both = await Promise.allSettled([
            store.append('donation-A', round - 1, batch(`one-${round}`, 1)),
            store.append('donation-A', round - 1, batch(`two-${round}`, 1)),
          ]);
          expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
          const lost = both.find((result) => result.status === 'rejected');
          expect(lost!.reason).toMatchObject({ expected: round - 1, actual: round });
        }
        expect(await store.readStream('donation-A')).toHaveLength(20);
      });

      it('lets exactly one of 200 have a version, and all of its events or none', async () => {
        const all = await Promise.allSettled(
          upTo(200).map((n) => store.append('donation-A', NO_STREAM, batch(`writer-${n}`, 3))),
        );

        const winners = all.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
        expect(winners).toHaveLength(1);
        expect(ids(await whole(store))).toEqual(ids(batch(`writer-${winners[0]}`, 3)));
      });

      it('lets 200 who try again after each conflict all in, one version each', async () => {
        const write = async (n: number) => {
          for (let version = NO_STREAM; ;) {
            const error = await rejection(store.append('hub-BELGG', version, batch(`writer-${n}`, 1)));
            if (!error) return;
            if (!(error instanceof Conflict) || error.actual <= version)
              throw new Error('not a conflict', { cause: error });
            version = error.actual;
          }
        };
        await Promise.all(upTo(200).map(write));

        const facts = await store.readStream('hub-BELGG');
        expect(facts.map(({ version }) => version)).toEqual(upTo(200));
        expect(new Set(ids(facts)).size).toBe(200);
      });

      it('lets 200 in on streams of their own, each at a position of its own', async () => {
        const answers = await Promise.all(
          upTo(200).map((n) => store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 2))),
        );

        const log = await whole(store);
        expect(log).toHaveLength(400);
        expect(rising(log.map(({ position }) => position))).toBe(true);
        for (const [n, { version, position }] of answers.entries()) {
          expect(version).toBe(1);
          expect(log.find((fact) => fact.position === position)).toMatchObject({ stream: `donation-${n}`, version: 1 });
        }
      });

      it('keeps the events of one append together in the whole log', async () => {
        await Promise.all(upTo(50).map((n) => store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 5))));

        const streams = (await whole(store)).map(({ stream }) => stream);
        expect(streams.filter((stream, index) => stream !== streams[index - 1])).toHaveLength(50);
      });

      it('answers the neighbours of a conflict as if it had not been there', async () => {
        await store.append('donation-taken', NO_STREAM, batch('there', 1));
        const appends = upTo(100).map((n) =>
          n % 5 === 2
            ? store.append('donation-taken', NO_STREAM, batch(`late-${n}`, 2))
            : store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 2)),
        );

        const results = await Promise.allSettled(appends);

        for (const [n, result] of results.entries()) {
          expect([n, result.status]).toEqual([n, n % 5 === 2 ? 'rejected' : 'fulfilled']);
          if (n % 5 !== 2) expect(ids(await store.readStream(`donation-${n}`))).toEqual(ids(batch(`writer-${n}`, 2)));
        }
        expect(await store.readStream('donation-taken')).toHaveLength(1);
        expect(await whole(store)).toHaveLength(1 + 80 * 2);
      });
    });

    describe('asking how far the log reaches', () => {
      it('answers 0 in the beginning, and then the position of the last event that was answered', async () => {
        expect(await store.reached()).toBe(0);
        for (const name of ['donation-A', 'donation-B']) {
          const { position } = await store.append(name, NO_STREAM, batch(name, 3));
          expect(await store.reached()).toBe(position);
        }
      });
    });

    describe('reading the whole log', () => {
      it('is empty in the beginning', async () => {
        expect(await store.readAll(0, 10)).toEqual([]);
        expect(await store.readAll(1_000_000, 10)).toEqual([]);
      });

      it('goes in the order of the appends', async () => {
        await store.append('donation-B', NO_STREAM, batch('one', 2));
        await store.append('donation-A', NO_STREAM, batch('two', 1));
        await store.append('donation-B', 1, batch('three', 1));

        const log = await store.readAll(0, 10);

        expect(ids(log)).toEqual(ids([...batch('one', 2), ...batch('two', 1), ...batch('three', 1)]));
        expect(log[0]!.position).toBeGreaterThan(0);
        expect(rising(log.map(({ position }) => position))).toBe(true);
      });

      it('gives as many as are asked for while it has them, and goes on behind the last of them', async () => {
        await store.append('donation-A', NO_STREAM, batch('ten', 10));

        for (const page of [1, 3, 10, 11]) expect(ids(await whole(store, page))).toEqual(ids(batch('ten', 10)));
        for (const limit of [1, 3, 10, 11]) expect(await store.readAll(0, limit)).toHaveLength(Math.min(limit, 10));
        const [first, second] = await store.readAll(0, 2);
        expect(await store.readAll(first!.position, 1)).toEqual([second]);
      });

      it('has nothing behind its last position', async () => {
        const { position } = await store.append('donation-A', NO_STREAM, batch('three', 3));

        expect(await store.readAll(position, 10)).toEqual([]);
      });

      it('never shows a reader a gap that is filled behind it', async () => {
        let writing = true;
        const seen: number[] = [];
        const reader = (async () => {
          for (;;) {
            const last = !writing;
            const page = await store.readAll(seen.at(-1) ?? 0, 7);
            seen.push(...page.map(({ position }) => position));
            if (last && page.length === 0) return;
            await new Promise((resolve) => setImmediate(resolve));
          }
        })();
        const writer = async (n: number) => {
          for (const turn of upTo(15)) {
            await rejection(store.append(`donation-${n % 30}`, turn - 1, batch(`writer-${n}-${turn}`, 1 + (n % 3))));
          }
        };
        await Promise.all(upTo(40).map(writer));
        writing = false;
        await reader;

        expect(seen.length).toBeGreaterThan(100);
        expect(seen).toEqual((await whole(store)).map(({ position }) => position));
      });
    });

    describe('the wake-up', () => {
      it('comes at least once after an append, when the append can be read', async () => {
        const seen = new Promise<number>((resolve) => {
          store.onAppended(() => void whole(store).then((log) => log.length && resolve(log.length)));
        });
        await store.append('donation-A', NO_STREAM, batch('two', 2));

        expect(await seen).toBe(2);
      });

      it('leaves nobody asleep who reads to the end on every call', async () => {
        let read = 0;
        let reading: Promise<void> | undefined;
        let again = false;
        const follow = async () => {
          do {
            again = false;
            read = (await whole(store)).length;
          } while (again);
        };
        store.onAppended(() => {
          again = true;
          reading ??= follow().finally(() => (reading = undefined));
        });
        await Promise.all(upTo(100).map((n) => store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 1))));
        await new Promise((resolve) => setTimeout(resolve, 0));
        await reading;

        expect(read).toBe(100);
      });

      it('goes to everybody who listens, until they stop', async () => {
        const calls = { stays: 0, goes: 0 };
        store.onAppended(() => calls.stays++);
        const stop = store.onAppended(() => calls.goes++);
        await store.append('donation-A', NO_STREAM, batch('one', 1));
        await new Promise((resolve) => setTimeout(resolve, 0));
        expect(calls.goes).toBeGreaterThan(0);
        stop();
        const before = { ...calls };
        await store.append('donation-A', 0, batch('two', 1));
        await new Promise((resolve) => setTimeout(resolve, 0));

        expect(calls.goes).toBe(before.goes);
        expect(calls.stays).toBeGreaterThan(before.stays);
      });
    });

    describe('its name', () => {
      it('stays while it grows, and differs from the name of another log', async () => {
        const name = store.identity();
        await store.append('donation-A', NO_STREAM, batch('one', 1));
        const other = await open();

        expect(store.identity()).toBe(name);
        expect(other.store.identity()).not.toBe(name);
        await other.store.close();
      });
    });

    describe('closing', () => {
      it('answers what was asked before', async () => {
        const other = await open();
        const asked = Promise.allSettled(
          upTo(50).map((n) => other.store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 1))),
        );
        await other.store.close();

        expect((await asked).map(({ status }) => status)).toEqual(upTo(50).map(() => 'fulfilled'));
      });
    });

    it('never dates an entry before the one in front of it', async () => {
      await Promise.all(upTo(100).map((n) => store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 1))));

      const dates = (await whole(store)).map(({ recordedAt }) => recordedAt);
      expect(dates).toEqual([...dates].sort());
    });
  });
}

/** For logs that outlive their process. */
export function lastingPromises(name: string, open: () => Promise<Reopened>): void {
  describe(`a log in ${name} that is opened again`, () => {
    it('keeps its name and everything that was answered, knows repeats, and goes on behind its last position', async () => {
      const { store, reopen } = await open();
      await Promise.all(upTo(20).map((n) => store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 2))));
      const before = { name: store.identity(), log: await whole(store) };

      const again = await reopen();

      expect({ name: again.identity(), log: await whole(again) }).toEqual(before);
      expect(await again.append('donation-0', NO_STREAM, batch('writer-0', 2))).toMatchObject({ version: 1 });
      const { position } = await again.append('donation-0', 1, batch('after', 1));
      expect(position).toBeGreaterThan(before.log.at(-1)!.position);
      expect(await whole(again)).toHaveLength(41);
      await again.close();
    });
  });
}
