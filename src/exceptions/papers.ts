// exceptions: papers that are missing, mistyped or late.
import { about, idOf } from './consignments.js';
import type { Evidence } from './evidence.js';
import type { Found } from './exception.js';
import { by, day, inWords, sums } from './goods.js';
import { inDays, PROOF_MS } from './thresholds.js';

/** Somebody says that goods were handed over, and nobody has signed. */
export function unconfirmedDeliveries(evidence: Evidence): Found[] {
  const deliveries = evidence.milestones.toWatch(evidence.asOf, 'unconfirmed');
  return deliveries
    .filter(({ happened }) => evidence.agesAt - happened > PROOF_MS)
    .map((delivery): Found => {
      const { to: country, happened, details } = delivery;
      const goods = sums(details.goods ?? []);
      return {
        ...about(evidence.consignment(idOf(delivery))),
        ...{ kind: 'UNCONFIRMED_DELIVERY', open: true, since: happened, goods, figures: {} },
        ...{ owner: { kind: 'country', id: country }, destinations: [country] },
        what: `${inWords(goods)} to ${details.recipient ?? country} on ${day(happened)}, reported only`,
      };
    });
}

/** Numbers on dispatches and customs papers that do not add up, until somebody corrects them. */
export function doubtfulNumbers(evidence: Evidence): Found[] {
  return evidence.milestones.toWatch(evidence.asOf, 'doubtful').map((paper): Found => {
    const { kind, happened, details } = paper;
    const numbers = (details.doubtful ?? []).map(({ field, number }) => `${field} ${number}`);
    return {
      ...about(evidence.consignment(idOf(paper))),
      ...{ kind: 'DOUBTFUL_NUMBER', open: true, since: happened, goods: [], figures: { numbers: numbers.length } },
      what: `${kind} ${day(happened)}: ${numbers.join(', ')}`,
    };
  });
}

/** One exception for each record with entries that came late: a whole late logbook is one finding, not a thousand. */
export function recordedLate(evidence: Evidence): Found[] {
  const records = by(({ stream }) => stream, evidence.milestones.reportedLate(evidence.asOf));
  return [...records].map(([stream, entries]): Found => {
    const lags = entries.map(({ happened, reported }) => reported - happened);
    const figures = { entries: entries.length, days: inDays(Math.max(...lags)) };
    const kinds = [...new Set(entries.map(({ kind }) => kind))].join(', ');
    return {
      ...record(stream, evidence),
      ...{ kind: 'RECORDED_LATE', open: false, goods: [], figures },
      since: Math.min(...entries.map(({ reported }) => reported)),
      what: `${kinds}: reported up to ${figures.days} days after it happened`,
    };
  });
}

function record(stream: string, evidence: Evidence): Pick<Found, 'name' | 'owner' | 'destinations' | 'places'> {
  const hub = /^hub-(.*)$/.exec(stream)?.[1];
  if (hub === undefined) return about(evidence.consignment(stream.slice('consignment-'.length)));
  return { name: `hub ${hub}`, owner: { kind: 'hub', id: hub }, destinations: [], places: [hub] };
}
