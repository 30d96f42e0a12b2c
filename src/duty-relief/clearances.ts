// duty relief: which goods of a consignment customs cleared, where and on what papers; pure.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import type { Classification, CustomsCleared, CustomsFact } from '../consignment/customs.events.js';
import type { Recorded } from '../kernel/recorded.js';

/** An item that one clearance released. */
export interface Cleared {
  readonly consignment: string;
  readonly place: string;
  readonly happenedAt: string;
  readonly item: string;
  /** Base units; undefined where another clearance of the consignment shows them. */
  readonly quantity?: number;
  /** True when a complete count says how many, else the dispatch does. */
  readonly counted: boolean;
  readonly hs?: Classification['hs'];
  readonly mrn?: string;
  readonly mrnDoubtful: boolean;
  readonly procedure?: string;
  readonly reliefBasis?: string;
  readonly exportAuthorisation?: string;
  readonly grns: readonly string[];
}

type Facts = readonly Recorded<ConsignmentFact>[];
type Papers = Recorded<CustomsCleared>;

/** The clearances that stand at the end of `facts`, item by item; each item of a country is counted once. */
export function clearedIn(facts: Facts, countryOf: (place: string) => string): Cleared[] {
  const words = facts.filter(isCustoms).sort((a, b) => Date.parse(a.happenedAt) - Date.parse(b.happenedAt));
  const sameCountry = (a: CustomsFact, b: CustomsFact) => countryOf(a.data.place) === countryOf(b.data.place);
  const standing = words.flatMap((word, index): Papers[] => {
    if (word.type !== 'CustomsCleared') return [];
    const later = words.slice(index + 1).filter((other) => sameCountry(other, word) && sameDeclaration(other, word));
    return later.some(({ type }) => type !== 'CustomsEntryLodged') ? [] : [completed(word, words.slice(0, index))];
  });
  const carried = carriedBy(facts);
  const grns = facts.flatMap(({ type, data }) => (type === 'GoodsReceived' && data.grn ? [data.grn] : []));
  const shown = new Set<string>();
  return standing.flatMap((papers) => {
    const { consignment, place, goods, mrn, doubtful = [], procedure, reliefBasis, exportAuthorisation } = papers.data;
    const items = goods.length > 0 ? [...new Set(goods.map(({ item }) => item))] : [...carried.keys()];
    return items.map((item): Cleared => {
      const key = `${countryOf(place)}/${item}`;
      const quantity = shown.has(key) ? undefined : (carried.get(item)?.quantity ?? 0);
      shown.add(key);
      return {
        ...{ consignment, place, happenedAt: papers.happenedAt, item, counted: carried.get(item)?.counted ?? false },
        ...(quantity !== undefined && { quantity }),
        ...said({ hs: goods.find((line) => line.item === item)?.hs, mrn, procedure, reliefBasis, exportAuthorisation }),
        ...{ mrnDoubtful: doubtful.includes('mrn'), grns },
      };
    });
  });
}

/** A clearance often repeats only the number; the rest stands in the entry it answers. */
function completed(clearance: Papers, before: readonly Recorded<CustomsFact>[]): Papers {
  const entry = before.findLast((word) => word.type === 'CustomsEntryLodged' && sameDeclaration(word, clearance));
  if (entry?.type !== 'CustomsEntryLodged') return clearance;
  const goods = clearance.data.goods.length > 0 ? clearance.data.goods : entry.data.goods;
  const doubtful = clearance.data.mrn ? clearance.data.doubtful : entry.data.doubtful;
  return { ...clearance, data: { ...entry.data, ...clearance.data, goods, ...(doubtful && { doubtful }) } };
}

/** Words with different reference numbers are about different goods of the consignment. */
function sameDeclaration(a: CustomsFact, b: CustomsFact): boolean {
  return !a.data.mrn || !b.data.mrn || a.data.mrn === b.data.mrn;
}

/** How many of each item, counted where a count is complete, else as dispatched. */
function carriedBy(facts: Facts): Map<string, { quantity: number; counted: boolean }> {
  const receipts = facts.flatMap(({ type, data }) => (type === 'GoodsReceived' ? [data] : []));
  const counted = receipts.some(({ complete }) => complete);
  const pieces = counted
    ? receipts.flatMap(({ lines }) => lines.map(({ item, good, damaged }) => ({ item, quantity: good + damaged })))
    : facts.flatMap(({ type, data }) => (type === 'ConsignmentDispatched' ? data.lines : []));
  const carried = new Map<string, { quantity: number; counted: boolean }>();
  for (const { item, quantity } of pieces)
    carried.set(item, { quantity: quantity + (carried.get(item)?.quantity ?? 0), counted });
  return carried;
}

function isCustoms(fact: Recorded<ConsignmentFact>): fact is Recorded<CustomsFact> {
  return fact.type.startsWith('Customs');
}

function said<T extends object>(fields: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
