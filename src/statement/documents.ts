// statement: the papers behind a movement; pure.
import { entryAt } from '../goods-ledger/histories.js';
import type { Entry } from '../goods-ledger/in-words.js';
import type { GoodsFact } from '../goods-ledger/movements.js';
import { standingAsOf } from '../kernel/standing.js';

/** Waybill and MRN are those of the consignment, the others those of the entry. */
export interface Documents {
  /** Goods received note. */
  readonly grn?: string;
  /** Proof of delivery. */
  readonly pod?: string;
  readonly waybill?: string;
  /** Movement reference number of the customs declaration. */
  readonly mrn?: string;
  /** Where the statement stands: a document number, a page address. */
  readonly source?: string;
}

/** What an entry names beside its quantities. */
export interface Papers {
  readonly hub?: string;
  readonly recipient?: string;
  readonly documents: Documents;
}

/**
 * The papers of each entry of a stream by its position, as known on a date: with the numbers that a correction put right.
 * An entry that did not occur keeps the ones it came with.
 */
export function papersOf(history: readonly Entry[], knownAt: number): (position: number) => Papers {
  const standing = standingAsOf<GoodsFact>(history, { knownAt });
  const facts = new Map(standing.map((fact) => [fact.position, fact]));
  const waybill = standing.map(waybillOf).findLast((number) => number !== undefined);
  const mrn = standing.map(({ data }) => textOf(data, 'mrn')).findLast((number) => number !== undefined);
  return (position) => {
    const { data } = facts.get(position) ?? entryAt(position, history);
    const [grn, pod, source] = [textOf(data, 'grn'), textOf(data, 'pod'), textOf(data, 'source')];
    return {
      ...present({ hub: textOf(data, 'hub'), recipient: textOf(data, 'recipient') }),
      documents: present({ grn, pod, waybill, mrn, source }),
    };
  };
}

function waybillOf(fact: GoodsFact): string | undefined {
  return fact.type === 'ConsignmentDispatched' ? fact.data.transport.waybill : undefined;
}

/** A field that some facts have. */
function textOf(data: object, field: string): string | undefined {
  return (data as Readonly<Record<string, string | undefined>>)[field];
}

function present<T extends object>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
