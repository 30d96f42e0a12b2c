// catalogue: what is registered, as rows.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { effective } from '../kernel/corrections.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import type { CatalogueFact, CatalogueKind, Item, Organisation, Place, Route } from './catalogue.events.js';

interface Things {
  readonly item: Item;
  readonly place: Place;
  readonly organisation: Organisation;
  readonly route: Route;
}

/** Things remembered at a time. */
const KNOWN_MAX = 20_000;

export class CatalogueView implements View {
  static readonly version = 1;
  static readonly tables = `
    CREATE TABLE catalogue (kind TEXT NOT NULL, id TEXT NOT NULL, thing TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
  `;

  /** Things as they stand, by kind and id. */
  private readonly known = new Map<string, unknown>();
  private readonly upsert: StatementSync;
  private readonly remove: StatementSync;
  private readonly selectOne: StatementSync;
  private readonly selectAll: StatementSync;

  constructor(db: DatabaseSync) {
    this.upsert = db.prepare('INSERT INTO catalogue VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET thing = excluded.thing');
    this.remove = db.prepare('DELETE FROM catalogue WHERE kind = ? AND id = ?');
    this.selectOne = db.prepare('SELECT thing FROM catalogue WHERE kind = ? AND id = ?');
    this.selectAll = db.prepare('SELECT thing FROM catalogue WHERE kind = ? ORDER BY id');
  }

  apply({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('catalogue-')) return;
    const [, kind, ...rest] = entry.stream.split('-');
    const id = rest.join('-');
    this.known.delete(`${kind}/${id}`);
    const fact = history
      ? effective<CatalogueFact>(history as Recorded<CatalogueFact>[]).at(-1)
      : (entry as Recorded<CatalogueFact>);
    if (fact) this.upsert.run(kind!, id, JSON.stringify(thingOf(fact)));
    else this.remove.run(kind!, id);
  }

  forgetRows(): void {
    this.known.clear();
  }

  one<K extends CatalogueKind>(kind: K, id: string): Things[K] | undefined {
    const key = `${kind}/${id}`;
    const known = this.known.get(key) as Things[K] | undefined;
    if (known) return known;
    const row = this.selectOne.get(kind, id) as { thing: string } | undefined;
    if (!row) return undefined;
    const thing = JSON.parse(row.thing) as Things[K];
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    this.known.set(key, thing);
    return thing;
  }

  all<K extends CatalogueKind>(kind: K): Things[K][] {
    return (this.selectAll.all(kind) as { thing: string }[]).map(({ thing }) => JSON.parse(thing) as Things[K]);
  }
}

function thingOf({ data: { note: _note, source: _source, ...thing } }: CatalogueFact): object {
  return thing;
}
