// test support: the one fixture builder. Mask flights of March 2020 from the Jack Ma Foundation through Liege to Italy.
import 'reflect-metadata';
import type {
  ItemRegistered,
  OrganisationRegistered,
  PlaceRegistered,
  RouteRegistered,
} from '../../src/catalogue/catalogue.events.js';
import {
  AmendItem,
  AmendOrganisation,
  AmendPlace,
  AmendRoute,
  RegisterItem,
  RegisterOrganisation,
  RegisterPlace,
  RegisterRoute,
} from '../../src/catalogue/catalogue.commands.js';
import {
  CloseConsignment,
  DispatchConsignment,
  RecordArrival,
  RecordDelivery,
  RecordFound,
  RecordLoss,
  RecordReceipt,
  RecordReturn,
} from '../../src/consignment/consignment.commands.js';
import type {
  ConsignmentArrived,
  ConsignmentClosed,
  ConsignmentDispatched,
  DeliveredLine,
  DispatchedLine,
  GoodsDelivered,
  GoodsFound,
  GoodsLine,
  GoodsLost,
  GoodsReceived,
  GoodsReturned,
  LineDetails,
  ReceivedLine,
} from '../../src/consignment/consignment.events.js';
import {
  RecordCustomsClearance,
  RecordCustomsEntry,
  RecordCustomsHold,
  RecordCustomsRefusal,
} from '../../src/consignment/customs.commands.js';
import type {
  Classification,
  CustomsCleared,
  CustomsEntryLodged,
  CustomsHeld,
  CustomsRefused,
} from '../../src/consignment/customs.events.js';
import { AmendPledge, CancelPledge, PledgeDonation } from '../../src/donation/donation.commands.js';
import type {
  DonationPledged,
  PledgeAmended,
  PledgeCancelled,
  PledgeLine,
} from '../../src/donation/donation.events.js';
import { account, type Bucket, type Holding } from '../../src/goods-ledger/account.js';
import { AllocateStock, CountStock, ReleaseAllocation, WriteOffStock } from '../../src/hub/hub.commands.js';
import type {
  AllocationReleased,
  CountedLine,
  EarmarkedLine,
  StockAllocated,
  StockCounted,
  StockWrittenOff,
  WrittenOffLine,
} from '../../src/hub/hub.events.js';
import type { EntryCorrected } from '../../src/kernel/corrections.js';
import type { Circumstances, Envelope, Fact, Recorded } from '../../src/kernel/recorded.js';
import { HoldLot, RecallLot, ReleaseLot } from '../../src/lot/lot.commands.js';
import type { LotHeld, LotRecalled, LotReleased } from '../../src/lot/lot.events.js';
import { RecordRequest, WithdrawRequest } from '../../src/request/request.commands.js';
import type { RequestRecorded, RequestWithdrawn } from '../../src/request/request.events.js';

export const DONOR = 'JMF';
export const DONATION = 'JMF-2020-03';
export const CONSIGNMENT = 'LGG-0313';
export const HUB = 'BELGG';
export const RECIPIENT = 'IT-REDCROSS';
/** When the fixtures happen, and when they are recorded. */
export const HAPPENED = '2020-03-13T10:00:00Z';
export const RECORDED = '2020-03-13T12:00:00.000Z';

/** Nothing is counted in packs. */
export const IN_PIECES = { sizes: new Map<string, number>() };

/** A log for views that are fed by hand. */
export const LOG = { identity: () => 'log', head: () => Infinity };

type Given<C> = Partial<C>;
type About<F extends Fact> = Partial<F['data']>;

function made<C extends object>(of: new () => C, defaults: Given<C>, given: Given<C>): C {
  return Object.assign(new of(), { happenedAt: HAPPENED }, defaults, given);
}

// Commands

export const pledge = (given: Given<PledgeDonation> = {}) =>
  made(PledgeDonation, { donation: DONATION, donor: DONOR, lines: [pledgeLine()] }, given);
export const amendPledge = (given: Given<AmendPledge> = {}) =>
  made(AmendPledge, { donation: DONATION, lines: [pledgeLine({ quantity: 600 })] }, given);
export const cancelPledge = (given: Given<CancelPledge> = {}) => made(CancelPledge, { donation: DONATION }, given);

export const dispatch = (given: Given<DispatchConsignment> = {}) =>
  made(
    DispatchConsignment,
    { consignment: CONSIGNMENT, from: 'CNHGH', to: HUB, lines: [{ item: 'MASK', donation: DONATION, quantity: 480 }] },
    given,
  );
export const arrival = (given: Given<RecordArrival> = {}) =>
  made(RecordArrival, { consignment: CONSIGNMENT, place: HUB }, given);
export const receipt = (given: Given<RecordReceipt> = {}) =>
  made(
    RecordReceipt,
    { consignment: CONSIGNMENT, hub: HUB, complete: true, lines: [{ item: 'MASK', good: 480, damaged: 0 }] },
    given,
  );
export const delivery = (given: Given<RecordDelivery> = {}) =>
  made(
    RecordDelivery,
    {
      ...{ consignment: CONSIGNMENT, recipient: RECIPIENT, proof: 'reported' },
      lines: [{ item: 'MASK', accepted: 480, rejected: 0 }],
    },
    given,
  );
export const loss = (given: Given<RecordLoss> = {}) =>
  made(RecordLoss, { consignment: CONSIGNMENT, cause: 'stolen', lines: [{ item: 'MASK', quantity: 8 }] }, given);
export const find = (given: Given<RecordFound> = {}) =>
  made(RecordFound, { consignment: CONSIGNMENT, lines: [{ item: 'MASK', quantity: 8 }] }, given);

export const handBack = (given: Given<RecordReturn> = {}) =>
  made(RecordReturn, { consignment: CONSIGNMENT, lines: [{ item: 'MASK', quantity: 8 }] }, given);
export const closing = (given: Given<CloseConsignment> = {}) =>
  made(CloseConsignment, { consignment: CONSIGNMENT }, given);

const BORDER = { consignment: CONSIGNMENT, place: HUB };
const OBJECTION = { ...BORDER, reason: 'papers are missing' };
export const customsEntry = (given: Given<RecordCustomsEntry> = {}) => made(RecordCustomsEntry, BORDER, given);
export const customsHold = (given: Given<RecordCustomsHold> = {}) => made(RecordCustomsHold, OBJECTION, given);
export const customsClearance = (given: Given<RecordCustomsClearance> = {}) =>
  made(RecordCustomsClearance, BORDER, given);
export const customsRefusal = (given: Given<RecordCustomsRefusal> = {}) => made(RecordCustomsRefusal, OBJECTION, given);

export const allocate = (given: Given<AllocateStock> = {}) =>
  made(AllocateStock, { hub: HUB, item: 'MASK', quantity: 100, to: 'IT' }, given);
export const release = (given: Given<ReleaseAllocation> = {}) =>
  made(ReleaseAllocation, { hub: HUB, item: 'MASK', quantity: 100, from: 'IT' }, given);

export const countStock = (given: Given<CountStock> = {}) =>
  made(CountStock, { hub: HUB, lines: [{ item: 'MASK', counted: 480 }] }, given);
export const writeOff = (given: Given<WriteOffStock> = {}) =>
  made(WriteOffStock, { hub: HUB, item: 'MASK', quantity: 12, cause: 'destroyed' }, given);

const LOT = { item: 'MASK', lot: 'L1' };
const FAULT = { ...LOT, reason: 'filters leak' };
export const holdLot = (given: Given<HoldLot> = {}) => made(HoldLot, FAULT, given);
export const recallLot = (given: Given<RecallLot> = {}) => made(RecallLot, FAULT, given);
export const releaseLot = (given: Given<ReleaseLot> = {}) => made(ReleaseLot, LOT, given);

const NEED = { request: 'IT-REQ-1', country: 'IT', item: 'MASK', quantity: 600, neededBy: '2020-03-31' };
export const request = (given: Given<RecordRequest> = {}) => made(RecordRequest, NEED, given);
export const withdrawal = (given: Given<WithdrawRequest> = {}) =>
  made(WithdrawRequest, { request: NEED.request }, given);

const MASK = { item: 'MASK', name: 'Face mask', unit: 'piece' };
const BELGG = { place: HUB, name: 'Liege airport', kind: 'hub', country: 'BE' } as const;
const JMF = { organisation: DONOR, name: 'Jack Ma Foundation', country: 'CN' };
export const registerItem = (given: Given<RegisterItem> = {}) => made(RegisterItem, MASK, given);
export const amendItem = (given: Given<AmendItem> = {}) => made(AmendItem, MASK, given);
export const registerPlace = (given: Given<RegisterPlace> = {}) => made(RegisterPlace, BELGG, given);
export const amendPlace = (given: Given<AmendPlace> = {}) => made(AmendPlace, BELGG, given);
export const registerOrganisation = (given: Given<RegisterOrganisation> = {}) => made(RegisterOrganisation, JMF, given);
export const amendOrganisation = (given: Given<AmendOrganisation> = {}) => made(AmendOrganisation, JMF, given);

const LEG = { from: HUB, to: 'IT', targetHours: 72 };
export const registerRoute = (given: Given<RegisterRoute> = {}) => made(RegisterRoute, LEG, given);
export const amendRoute = (given: Given<AmendRoute> = {}) => made(AmendRoute, LEG, given);

/** A line that says nothing of packs, expiry or serial numbers: good for facts and commands alike. */
type Plain<L> = Omit<L, keyof LineDetails>;

// Lines, 480 masks or 500 announced unless said otherwise

export const pledgeLine = (given: Partial<Plain<PledgeLine>> = {}): Plain<PledgeLine> => ({
  ...{ item: 'MASK', quantity: 500, destination: 'IT' },
  ...given,
});
export const goods = (given: Partial<Plain<GoodsLine>> = {}): Plain<GoodsLine> => ({
  ...{ item: 'MASK', donation: DONATION, lot: '', quantity: 480 },
  ...given,
});
export const load = (given: Partial<Plain<DispatchedLine>> = {}): Plain<DispatchedLine> => ({
  ...goods(),
  destination: 'undecided',
  ...given,
});
export const counted = (given: Partial<Plain<ReceivedLine>> = {}): Plain<ReceivedLine> => ({
  ...{ item: 'MASK', donation: DONATION, lot: '', good: 480, damaged: 0 },
  ...given,
});
export const handed = (given: Partial<Plain<DeliveredLine>> = {}): Plain<DeliveredLine> => ({
  ...{ item: 'MASK', donation: DONATION, lot: '', accepted: 480, rejected: 0 },
  ...given,
});
export const earmarked = (given: Partial<Plain<EarmarkedLine>> = {}): Plain<EarmarkedLine> => ({
  ...goods({ quantity: 100 }),
  ...{ from: 'undecided', to: 'IT' },
  ...given,
});

/** 480 by the books, all of them there. */
export const shelved = (given: Partial<Plain<CountedLine>> = {}): Plain<CountedLine> => ({
  ...{ item: 'MASK', donation: DONATION, lot: '', destination: 'undecided', book: 480, counted: 480 },
  ...given,
});
export const givenUp = (given: Partial<Plain<WrittenOffLine>> = {}): Plain<WrittenOffLine> => ({
  ...goods({ quantity: 12 }),
  destination: 'undecided',
  ...given,
});

// Facts

export const pledged = (given: About<DonationPledged> = {}): DonationPledged => ({
  type: 'DonationPledged',
  data: { donation: DONATION, donor: DONOR, lines: [pledgeLine()], ...given },
});
export const amended = (given: About<PledgeAmended> = {}): PledgeAmended => ({
  type: 'PledgeAmended',
  data: { donation: DONATION, lines: [pledgeLine({ quantity: 600 })], ...given },
});
export const cancelled = (given: About<PledgeCancelled> = {}): PledgeCancelled => ({
  type: 'PledgeCancelled',
  data: { donation: DONATION, ...given },
});

/** From the donor to the hub, undecided. */
export const dispatched = (given: About<ConsignmentDispatched> = {}): ConsignmentDispatched => ({
  type: 'ConsignmentDispatched',
  data: {
    ...{ consignment: CONSIGNMENT, from: 'CNHGH', fromHub: false, to: HUB, country: 'BE', transport: {} },
    lines: [load()],
    ...given,
  },
});
/** From the donor straight to Italy. */
export const dispatchedToItaly = (given: About<ConsignmentDispatched> = {}): ConsignmentDispatched =>
  dispatched({ to: 'IT', country: 'IT', lines: [load({ destination: 'IT' })], ...given });
export const arrived = (given: About<ConsignmentArrived> = {}): ConsignmentArrived => ({
  type: 'ConsignmentArrived',
  data: { consignment: CONSIGNMENT, place: HUB, ...given },
});
export const received = (given: About<GoodsReceived> = {}): GoodsReceived => ({
  type: 'GoodsReceived',
  data: { consignment: CONSIGNMENT, hub: HUB, complete: true, lines: [counted()], ...given },
});
export const delivered = (given: About<GoodsDelivered> = {}): GoodsDelivered => ({
  type: 'GoodsDelivered',
  data: {
    ...{ consignment: CONSIGNMENT, country: 'IT', recipient: RECIPIENT, proof: 'reported' },
    lines: [handed()],
    ...given,
  },
});
export const lost = (given: About<GoodsLost> = {}): GoodsLost => ({
  type: 'GoodsLost',
  data: { consignment: CONSIGNMENT, cause: 'stolen', lines: [goods({ quantity: 8 })], ...given },
});
export const found = (given: About<GoodsFound> = {}): GoodsFound => ({
  type: 'GoodsFound',
  data: { consignment: CONSIGNMENT, lines: [goods({ quantity: 8 })], ...given },
});

export const returned = (given: About<GoodsReturned> = {}): GoodsReturned => ({
  type: 'GoodsReturned',
  data: { consignment: CONSIGNMENT, lines: [goods({ quantity: 8 })], ...given },
});
export const closed = (given: About<ConsignmentClosed> = {}): ConsignmentClosed => ({
  type: 'ConsignmentClosed',
  data: { consignment: CONSIGNMENT, ...given },
});

/** Masks, as Belgium classified them in 2020. */
export const CLASSIFIED: Classification = {
  item: 'MASK',
  hs: { code: '6307909810', edition: 'HS2017', authority: 'EU' },
};
export const entryLodged = (given: About<CustomsEntryLodged> = {}): CustomsEntryLodged => ({
  type: 'CustomsEntryLodged',
  data: { ...BORDER, goods: [], ...given },
});
export const heldAtCustoms = (given: About<CustomsHeld> = {}): CustomsHeld => ({
  type: 'CustomsHeld',
  data: { ...OBJECTION, ...given },
});
export const cleared = (given: About<CustomsCleared> = {}): CustomsCleared => ({
  type: 'CustomsCleared',
  data: { ...BORDER, goods: [], ...given },
});
export const refusedEntry = (given: About<CustomsRefused> = {}): CustomsRefused => ({
  type: 'CustomsRefused',
  data: { ...OBJECTION, ...given },
});

export const allocated = (given: About<StockAllocated> = {}): StockAllocated => ({
  type: 'StockAllocated',
  data: { hub: HUB, lines: [earmarked()], ...given },
});
export const released = (given: About<AllocationReleased> = {}): AllocationReleased => ({
  type: 'AllocationReleased',
  data: { hub: HUB, lines: [earmarked({ from: 'IT', to: 'undecided' })], ...given },
});

export const stockCounted = (given: About<StockCounted> = {}): StockCounted => ({
  type: 'StockCounted',
  data: { hub: HUB, lines: [shelved()], ...given },
});
export const writtenOff = (given: About<StockWrittenOff> = {}): StockWrittenOff => ({
  type: 'StockWrittenOff',
  data: { hub: HUB, outOf: 'stock', cause: 'destroyed', lines: [givenUp()], ...given },
});

export const lotHeld = (given: About<LotHeld> = {}): LotHeld => ({ type: 'LotHeld', data: { ...FAULT, ...given } });
export const lotRecalled = (given: About<LotRecalled> = {}): LotRecalled => ({
  type: 'LotRecalled',
  data: { ...FAULT, ...given },
});
export const lotReleased = (given: About<LotReleased> = {}): LotReleased => ({
  type: 'LotReleased',
  data: { ...LOT, ...given },
});

export const requested = (given: About<RequestRecorded> = {}): RequestRecorded => ({
  type: 'RequestRecorded',
  data: { ...NEED, ...given },
});
export const withdrawn = (given: About<RequestWithdrawn> = {}): RequestWithdrawn => ({
  type: 'RequestWithdrawn',
  data: { request: NEED.request, ...given },
});

export const itemRegistered = (given: About<ItemRegistered> = {}): ItemRegistered => ({
  type: 'ItemRegistered',
  data: { ...MASK, packs: [], ...given },
});
export const placeRegistered = (given: About<PlaceRegistered> = {}): PlaceRegistered => ({
  type: 'PlaceRegistered',
  data: { ...BELGG, regions: [], ...given },
});
export const organisationRegistered = (given: About<OrganisationRegistered> = {}): OrganisationRegistered => ({
  type: 'OrganisationRegistered',
  data: { ...JMF, ...given },
});

export const routeRegistered = (given: About<RouteRegistered> = {}): RouteRegistered => ({
  type: 'RouteRegistered',
  data: { route: `${LEG.from}/${LEG.to}`, ...LEG, ...given },
});

/** Says of an entry that it did not occur, or how it should have read. */
export function corrected<F extends Fact>(
  wrongEventId: string,
  restated?: F,
  { happenedAt = HAPPENED, note = 'typing error' } = {},
): EntryCorrected<F> {
  const data = { wrongEventId, note };
  if (!restated) return { type: 'EntryCorrected', data: { ...data, reason: 'did_not_occur' } };
  const form = { happenedAt, schema: 1, fact: restated };
  return { type: 'EntryCorrected', data: { ...data, reason: 'incorrect_data', restated: form } };
}

// Entries

export const circumstances = (commandId: string): Circumstances => ({
  ...{ actor: { id: 'u-17', role: 'logistician' }, channel: 'api', commandId },
  ...{ correlationId: commandId, causationId: commandId },
});

/** The fact as the log keeps it; its id tells stream and version: `LGG-0313@0`. */
export function entry<F extends Fact>(fact: F, about: Partial<Envelope> = {}): Recorded<F> {
  const { stream = 'consignment-LGG-0313', version = 0 } = about;
  const id = `${stream.slice(stream.indexOf('-') + 1)}@${version}`;
  return {
    ...fact,
    ...{ id, stream, version, position: version + 1, schema: 1, happenedAt: HAPPENED },
    ...{ reportedAt: RECORDED, recordedAt: RECORDED, imported: false, fingerprint: '0000000000000000' },
    ...circumstances(`command ${id}`),
    ...about,
  };
}

/** The facts as the log keeps them, one behind the other in one stream. */
export function history<F extends Fact>(stream: string, ...facts: readonly F[]): Recorded<F>[] {
  return facts.map((fact, version) => entry(fact, { stream, version }));
}

// Stock

/** What somebody holds; masks without a lot unless said otherwise. */
export function held(
  bucket: Bucket,
  holder: string,
  destination: string,
  quantity: number,
  lot = '',
  donation = DONATION,
): Holding {
  return { account: account(bucket, holder, destination), item: 'MASK', donation, lot, quantity };
}

/** Stock of the hub in Liege. */
export const inLiege = (destination: string, quantity: number, lot = '', donation = DONATION): Holding =>
  held('atHub', HUB, destination, quantity, lot, donation);
