// test support: the same command under the same id, given twice.
import type { EntryCorrected } from '../../src/kernel/corrections.js';
import type { Decider } from '../../src/kernel/decider.js';
import { NO_STREAM } from '../../src/kernel/event-store.js';
import { eventId } from '../../src/kernel/identifiers.js';
import type { Fact } from '../../src/kernel/recorded.js';
import type { AnyShapes } from '../../src/kernel/shapes.js';
import { Transactions } from '../../src/kernel/transact.js';
import { MemoryEventStore } from '../../src/store/memory.event-store.js';
import { circumstances, HAPPENED } from './relief.js';

const STREAM = 'under-test';

/** How many facts the first and the second giving add to a stream that holds `facts`. */
export async function givenTwice<State, F extends Fact>(
  decider: Decider<State, F>,
  shapes: AnyShapes,
  facts: readonly Fact[],
  decide: (state: State) => readonly (F | EntryCorrected<F>)[],
): Promise<[first: number, second: number]> {
  const store = new MemoryEventStore();
  const about = { schema: 1, happenedAt: HAPPENED, fingerprint: '', ...circumstances('before') };
  const before = facts.map((fact, index) => ({ ...about, ...fact, id: eventId(STREAM, 'before', index) }));
  if (before.length > 0) await store.append(STREAM, NO_STREAM, before);
  const transactions = new Transactions(store, shapes);
  const length = async () => (await store.readStream(STREAM)).length;
  const giving = async () => {
    const start = await length();
    const command = {
      stream: STREAM,
      decider,
      content: {},
      happenedAt: HAPPENED,
      circumstances: circumstances('twice'),
    };
    await transactions.transact([{ ...command, decide: async (state) => decide(state) }]);
    return (await length()) - start;
  };
  return [await giving(), await giving()];
}
