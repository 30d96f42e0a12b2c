// exchange: which entry a row is, so that the same file twice adds nothing.
import { createHash } from 'node:crypto';
import { uuidsOf } from '../kernel/named-uuid.js';

const idOf = uuidsOf('0c8e5f57-9b0a-4b53-8a0e-0f9b6d6b2f4e');

/** The command id of an entry, the same on every try; `source` is `logbook`, or the name of the mapping. */
export function commandIdOf(source: string, key: string): string {
  return idOf(`${source}/${key}`);
}

/** Equal content, equal digest: 80 bits. */
export function contentDigest(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 20);
}

/** Keys of one file, in its order. */
export class Keys {
  private readonly rowOf = new Map<string, number>();
  private readonly repeats = new Map<string, number>();

  /** The row that used a key first, when it was another one. */
  usedBefore(key: string, row: number): number | undefined {
    const first = this.rowOf.get(key);
    if (first === undefined) this.rowOf.set(key, row);
    return first;
  }

  /** A key for a row without one: its content, and how many equal rows stand before it. */
  fromContent(content: unknown): string {
    const digest = contentDigest(content);
    const count = this.repeats.get(digest) ?? 0;
    this.repeats.set(digest, count + 1);
    return `row-${digest}-${count}`;
  }
}
