// store: entries that were appended a moment ago, for whoever follows the log: the file need not be asked for them.
import type { Recorded } from '../kernel/recorded.js';
import { recorded } from './envelope.js';
import type { AppendRequest } from './log-writer.js';

/** More are read from the file: whoever follows is far behind, or nobody does. */
const ENTRIES_MAX = 2_000;

interface Append extends AppendRequest {
  /** Of its first entry. */
  readonly position: number;
  readonly recordedAt: number;
}

/** What one process appended to a log that nobody else writes to. */
export class JustAppended {
  private appends: Append[] = [];
  private entries = 0;

  /** `next` is the position that the next entry of the log gets. */
  constructor(private next: number) {}

  /** `last` is the position of its last entry; `recordedAt` in milliseconds since 1970. */
  add({ stream, expected, events }: AppendRequest, last: number, recordedAt: number): void {
    const position = last + 1 - events.length;
    // It was there before, and was only answered again.
    if (position < this.next) return;
    if (position > this.next || this.entries + events.length > ENTRIES_MAX) this.forget();
    this.appends.push({ stream, expected, events, position, recordedAt });
    this.entries += events.length;
    this.next = last + 1;
  }

  /** The entries behind a position, as the file would give them back; nothing when not all of them are at hand. */
  behind(after: number, limit: number): Recorded[] | undefined {
    this.forgetUpTo(after);
    const first = this.appends[0];
    if (!first || first.position > after + 1) return undefined;
    const found: Recorded[] = [];
    for (const { stream, expected, events, position, recordedAt } of this.appends) {
      for (const [nth, payload] of events.entries()) {
        if (position + nth <= after) continue;
        if (found.length === limit) return found;
        const place = { stream, version: expected + 1 + nth, position: position + nth };
        found.push(recorded(payload, { ...place, recordedAt: payload.recordedAt ?? recordedAt }));
      }
    }
    return found;
  }

  /** Whoever follows does not ask twice. */
  private forgetUpTo(position: number): void {
    let read = 0;
    for (const append of this.appends) {
      if (append.position + append.events.length - 1 > position) break;
      this.entries -= append.events.length;
      read++;
    }
    this.appends.splice(0, read);
  }

  private forget(): void {
    this.appends = [];
    this.entries = 0;
  }
}
