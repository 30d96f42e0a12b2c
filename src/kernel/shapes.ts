// kernel: older forms of facts, read as today's.
import type { EntryCorrected } from './corrections.js';
import type { EventStore } from './event-store.js';
import type { Fact, Recorded } from './recorded.js';

/** How data of schema n becomes data of schema n + 1. */
export type Upcast = (data: object) => object;

/** Every fact a room states, with the upcasts of its older shapes: `[from 1 to 2, from 2 to 3, …]`. */
export type Shapes<F extends Fact> = { readonly [T in F['type']]: readonly Upcast[] };

export type AnyShapes = Readonly<Record<string, readonly Upcast[]>>;

/** Today's schema number of a fact; 1 until its shape changes. */
export function schemaOf(shapes: AnyShapes, type: string): number {
  return upcastsOf(shapes, type).length + 1;
}

/** The same entry in today's shape. Throws on a type or schema that this version of the code does not know. */
export function upcast(shapes: AnyShapes, entry: Recorded): Recorded {
  if (entry.schema === 1 && entry.type !== 'EntryCorrected' && shapes[entry.type]?.length === 0) return entry;
  const { fact, schema } = inTodaysShape(shapes, entry, entry.schema);
  return { ...entry, data: fact.data, schema };
}

/** The same store, read in today's shapes. */
export function upcasting(store: EventStore, shapes: AnyShapes): EventStore {
  const today = (entries: Recorded[]) => entries.map((entry) => upcast(shapes, entry));
  return {
    readStream: async (stream) => today(await store.readStream(stream)),
    readAll: async (after, limit) => today(await store.readAll(after, limit)),
    append: (stream, expected, events) => store.append(stream, expected, events),
    onAppended: (wake) => store.onAppended(wake),
    reached: () => store.reached(),
    identity: () => store.identity(),
    datesRise: store.datesRise,
    close: () => store.close(),
  };
}

/** The fact, and every fact that it restates, in today's shape. */
function inTodaysShape(shapes: AnyShapes, fact: Fact, schema: number): { fact: Fact; schema: number } {
  const steps = upcastsOf(shapes, fact.type);
  const current = steps.length + 1;
  if (schema < 1 || schema > current) {
    throw new Error(
      `${fact.type} has schema ${schema}, this version knows up to ${current}: a newer version wrote it.`,
    );
  }
  const data = steps.slice(schema - 1).reduce((older, step) => step(older), fact.data);
  return { fact: { ...fact, data: withRestatedInTodaysShape(shapes, data) }, schema: current };
}

function withRestatedInTodaysShape(shapes: AnyShapes, data: object): object {
  const { restated } = data as Partial<EntryCorrected['data']>;
  return restated
    ? { ...data, restated: { ...restated, ...inTodaysShape(shapes, restated.fact, restated.schema) } }
    : data;
}

function upcastsOf(shapes: AnyShapes, type: string): readonly Upcast[] {
  const steps = shapes[type];
  if (!steps) throw new Error(`${type} is not an event this version knows.`);
  return steps;
}
