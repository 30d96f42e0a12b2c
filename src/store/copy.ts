// store: a log carried over to another store, entry by entry, and compared on the way.
import type { EventStore } from '../kernel/event-store.js';
import { NO_STREAM } from '../kernel/event-store.js';
import type { Proposed, Recorded } from '../kernel/recorded.js';

const PAGE = 500;
/** Of JSON in one append: a server takes about a megabyte at once. */
const BYTES = 400_000;

export interface Copied {
  /** Entries that the target has now, each compared with its original. */
  readonly entries: number;
  /** How many of them stood there already. */
  readonly found: number;
}

/** The two logs differ: the target is not a copy of the source, or was changed. */
export class NotACopy extends Error {}

/**
 * Makes `to` hold every entry of `from`, in the same order, under the same ids, with all dates, and compares each as it
 * is read back. What an interrupted copy left is compared and gone on from. Entries that the source gets meanwhile are
 * copied too. Only positions and the name of the log differ. Throws `NotACopy`, naming the first entry that differs.
 */
export async function copyLog(
  from: Pick<EventStore, 'readAll'>,
  to: Pick<EventStore, 'readAll' | 'append'>,
  onProgress: (entries: number) => void = () => undefined,
): Promise<Copied> {
  let [read, written, entries] = [0, 0, 0];
  let found: number | undefined;
  for (;;) {
    const source = await from.readAll(read, PAGE);
    if (source.length === 0) break;
    const target = found === undefined ? await to.readAll(written, source.length) : [];
    target.forEach((entry, index) => compare(source[index]!, entry));
    if (target.length < source.length) {
      found ??= entries + target.length;
      await append(to, source.slice(target.length));
      const copied = await to.readAll(target.at(-1)?.position ?? written, source.length - target.length);
      if (copied.length < source.length - target.length)
        throw new NotACopy('The target lost entries that it had taken.');
      copied.forEach((entry, index) => compare(source[target.length + index]!, entry));
      target.push(...copied);
    }
    [read, written] = [source.at(-1)!.position, target.at(-1)!.position];
    onProgress((entries += source.length));
  }
  const [more] = await to.readAll(written, 1);
  if (more) throw new NotACopy(`The target holds ${named(more)}, which the source does not: it is another log.`);
  return { entries, found: found ?? entries };
}

/** Neighbours of one stream go together, as far as the order of the whole log allows. */
async function append(to: Pick<EventStore, 'append'>, entries: readonly Recorded[]): Promise<void> {
  let [group, bytes]: [Recorded[], number] = [[], 0];
  const flush = async () => {
    const [first] = group;
    if (first) await to.append(first.stream, first.version === 0 ? NO_STREAM : first.version - 1, group.map(again));
    [group, bytes] = [[], 0];
  };
  for (const entry of entries) {
    if (bytes > BYTES || (group[0] && group[0].stream !== entry.stream)) await flush();
    group.push(entry);
    bytes += JSON.stringify(entry.data).length;
  }
  await flush();
}

function again(entry: Recorded): Proposed {
  const { stream: _stream, version: _version, position: _position, imported, reportedAt, ...rest } = entry;
  return { ...rest, ...(imported && { reportedAt }) };
}

function compare(source: Recorded, target: Recorded): void {
  const [there, here] = [source, target].map((entry) => JSON.stringify({ ...entry, position: 0 }));
  if (there === here) return;
  const differs = (Object.keys(source) as (keyof Recorded)[]).filter(
    (field) => field !== 'position' && JSON.stringify(source[field]) !== JSON.stringify(target[field]),
  );
  throw new NotACopy(
    `The target is not a copy of this log: ${named(source)} stands there as ${named(target)}; ${differs.join(', ')} differ. ` +
      'Name an empty target, or the one that was begun.',
  );
}

function named({ type, stream, version, id }: Recorded): string {
  return `${type} (${stream}, version ${version}, ${id})`;
}
