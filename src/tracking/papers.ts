// tracking: the facts that consignments tell, and the papers along a trail.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import type { AsOf } from '../goods-ledger/as-of.js';
import type { Fact, Recorded } from '../kernel/recorded.js';
import { standingAsOf } from '../kernel/standing.js';
import type { Sources } from '../nest/report.definition.js';
import type { Step } from './trail.js';

/** Numbers of what accompanied the goods, each once, in the order of their way. */
export interface Papers {
  readonly consignments: readonly string[];
  readonly waybills: readonly string[];
  readonly mrns: readonly string[];
  readonly grns: readonly string[];
  readonly pods: readonly string[];
}

/** The standing facts of consignments, by stream. */
export type Told = ReadonlyMap<string, readonly Recorded<ConsignmentFact>[]>;

const CONSIGNMENT = 'consignment-';

/** What the consignments among these streams tell as of the dates: one read of the log for each of them. */
export async function toldBy(
  streams: Iterable<string>,
  limits: AsOf,
  { log, checkpoint }: Pick<Sources, 'log' | 'checkpoint'>,
): Promise<Told> {
  const told = new Map<string, readonly Recorded<ConsignmentFact>[]>();
  for (const stream of new Set(streams)) {
    if (!stream.startsWith(CONSIGNMENT)) continue;
    told.set(stream, await standing<ConsignmentFact>(stream, limits, { log, checkpoint }));
  }
  return told;
}

/** The facts of a stream that stand as of the dates; entries that the ledger has not heard of yet are left out. */
export async function standing<F extends Fact>(
  stream: string,
  limits: AsOf,
  { log, checkpoint }: Pick<Sources, 'log' | 'checkpoint'>,
): Promise<Recorded<F>[]> {
  const history = await log.readStream(stream);
  return standingAsOf<F>(
    history.filter(({ position }) => position <= checkpoint.position),
    limits,
  );
}

export function consignmentOf(stream: string): string {
  return stream.slice(CONSIGNMENT.length);
}

export function streamOf(consignment: string): string {
  return `${CONSIGNMENT}${consignment}`;
}

/** The papers of a trail: those of the consignments it led through, and of the receipts and deliveries on it. */
export function papersOf(trail: readonly Step[], told: Told): Papers {
  const streams = unique(trail.map(({ stream }) => stream)).filter((stream) => told.has(stream));
  const facts = streams.flatMap((stream) => told.get(stream)!);
  const onTrail = new Set(trail.map(({ about }) => about));
  const signed = facts.filter(({ position }) => onTrail.has(position));
  return {
    consignments: streams.map(consignmentOf),
    waybills: unique(
      facts.map((fact) => (fact.type === 'ConsignmentDispatched' ? fact.data.transport.waybill : undefined)),
    ),
    mrns: unique(facts.map((fact) => ('mrn' in fact.data ? fact.data.mrn : undefined))),
    grns: unique(signed.map((fact) => (fact.type === 'GoodsReceived' ? fact.data.grn : undefined))),
    pods: unique(signed.map((fact) => (fact.type === 'GoodsDelivered' ? fact.data.pod : undefined))),
  };
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))];
}
