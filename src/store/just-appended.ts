// store: entries that were appended a moment ago, for whoever follows the log: the file need not be asked for them.
import type { Recorded } from '../kernel/recorded.js';
import { recorded } from './envelope.js';
import type { AppendRequest } from './log-writer.js';

/** So many letters of JSON are held, of some thousand entries as most are; the file is read when whoever follows is further behind. */
const LETTERS_MAX = 2_000_000;

interface Append extends AppendRequest {
  /** Of its first entry. */
  readonly position: number;
  readonly recordedAt: number;
  readonly letters: number;
}

/** What one process appended to a log that nobody else writes to. */
export class JustAppended {
  private appends: Append[] = [];
  private letters = 0;

  /** `next` is the position that the next entry of the log gets. */
  constructor(private next: number) {}

  /** `last` is the position of its last entry; `recordedAt` in milliseconds since 1970. */
  add({ stream, expected, events }: AppendRequest, last: number, recordedAt: number): void {
    const position = last + 1 - events.length;
    // It was there before, and was only answered again.
    if (position < this.next) return;
    const letters = lettersOf(events);
    if (position > this.next || this.letters + letters > LETTERS_MAX) this.forget();
    this.next = last + 1;
    if (letters > LETTERS_MAX) return;
    this.appends.push({ stream, expected, events, position, recordedAt, letters });
    this.letters += letters;
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
      this.letters -= append.letters;
      read++;
    }
    this.appends.splice(0, read);
  }

  private forget(): void {
    this.appends = [];
    this.letters = 0;
  }
}

function lettersOf(events: AppendRequest['events']): number {
  return events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
}
