// property tests: every event of the house, written as JSON and read back in today's shape.
import { SHAPES } from '../../src/contents.js';
import { NO_STREAM } from '../../src/kernel/event-store.js';
import { eventId } from '../../src/kernel/identifiers.js';
import type { Fact } from '../../src/kernel/recorded.js';
import { schemaOf, upcast, upcasting } from '../../src/kernel/shapes.js';
import { MemoryEventStore } from '../../src/store/memory.event-store.js';
import * as relief from '../support/relief.js';

const documents = { note: 'Bär, 口罩, "quoted"', source: 'https://example.org/?a=1&b=2' };
const confirmed = { ...documents, contradiction: 'confirmed' as const };
const amendedOf = ({ type, data }: Fact) => ({
  type: type.replace('Registered', 'Amended'),
  data: { ...data, ...documents },
});

const item = relief.itemRegistered({ ...documents, packs: [{ name: 'carton', holds: 2_000 }] });
const route = relief.routeRegistered(documents);
const place = relief.placeRegistered({ ...documents, regions: ['Europe', 'Western Europe'] });
const organisation = relief.organisationRegistered(documents);

const pack = { name: 'carton', holds: 2_000 };
const details = { pack, expiry: '2022-03-31', serials: ['SN-1', 'SN-2'] };
const attachments = [{ sha256: 'ab'.repeat(32), mediaType: 'image/jpeg', bytes: 4_711 }];
const border = { ...documents, mrn: '20BE000000000000R0', doubtful: ['mrn'] };
const declared = {
  ...border,
  ...{ procedure: 'R', reliefBasis: 'Decision (EU) 2020/491', exportAuthorisation: 'BE-2020-17' },
  goods: [relief.CLASSIFIED],
};

const STREAM = 'room-1';

/** One of each, with every field it can have. */
const SAMPLES: readonly Fact[] = [
  ...[item, place, organisation, route].flatMap((registered) => [registered, amendedOf(registered)]),
  relief.pledged({
    ...documents,
    lines: [{ ...relief.pledgeLine(), pack }, relief.pledgeLine({ destination: 'BE+FR+SI' })],
  }),
  relief.amended({ ...documents, lines: [] }),
  relief.cancelled(documents),
  relief.dispatched({
    ...documents,
    transport: {
      mode: 'air',
      carrier: 'ASL',
      vehicle: '3V5432',
      waybill: '112-70034411',
      eta: '2020-03-13T10:00+01:00',
      seals: ['S-1'],
      containers: ['CSQU3054383'],
    },
    doubtful: ['waybill'],
    lines: [{ ...relief.load({ lot: 'L1', earmark: 'IT' }), ...details }],
  }),
  relief.arrived(documents),
  relief.received({
    ...confirmed,
    ...{ grn: 'GRN-1', countedBy: 'warehouse', attachments },
    lines: [{ ...relief.counted({ lot: 'L1', damaged: 8 }), ...details }],
  }),
  relief.delivered({
    ...confirmed,
    ...{ proof: 'confirmed', pod: 'POD-1', signedBy: 'P-17', attachments },
    lines: [{ ...relief.handed({ rejected: 2, cause: 'wrong item' }), ...details }],
  }),
  relief.lost({ ...confirmed, lines: [relief.goods({ quantity: 1_000_000_000 })] }),
  relief.found({ ...confirmed, hub: relief.HUB }),
  relief.returned({ ...confirmed, hub: relief.HUB, lines: [{ ...relief.goods(), ...details }] }),
  relief.closed(documents),
  relief.entryLodged(declared),
  relief.heldAtCustoms(border),
  relief.cleared(declared),
  relief.refusedEntry(border),
  relief.allocated({ ...documents, lines: [{ ...relief.earmarked(), pack }] }),
  relief.released(documents),
  relief.stockCounted({ ...documents, countedBy: 'warehouse', lines: [{ ...relief.shelved({ counted: 468 }), pack }] }),
  relief.writtenOff({ ...documents, outOf: 'damaged', lines: [{ ...relief.givenUp({ lot: 'L1' }), pack }] }),
  relief.lotHeld(documents),
  relief.lotRecalled(documents),
  relief.lotReleased(documents),
  relief.requested({ ...documents, requester: relief.RECIPIENT, pack }),
  relief.withdrawn(documents),
  relief.corrected('D@1', relief.corrected('D@0', relief.pledged(documents))),
];

describe('the events of the house', () => {
  it('each have a sample here', () => {
    expect(SAMPLES.map(({ type }) => type).sort()).toEqual(Object.keys(SHAPES).sort());
  });

  it.each(SAMPLES.map((sample) => [sample.type, sample] as const))(
    '%s reads back as it was written',
    async (_type, sample) => {
      const store = new MemoryEventStore();
      const about = { happenedAt: '2020-03-13T10:00+01:00', reportedAt: '2020-03-14T00:00:00Z', fingerprint: 'abc' };
      const proposed = {
        ...sample,
        ...about,
        ...relief.circumstances('c'),
        id: eventId('room-1', 'c', 0),
        schema: schemaOf(SHAPES, sample.type),
      };
      await store.append(STREAM, NO_STREAM, [proposed]);
      const [read] = await upcasting(store, SHAPES).readStream(STREAM);
      expect(JSON.parse(JSON.stringify(read))).toStrictEqual(read);
      expect(read).toStrictEqual({
        ...proposed,
        ...{ stream: STREAM, version: 0, position: 1, imported: true, recordedAt: expect.any(String) as string },
      });
    },
  );

  it.each(SAMPLES.map((sample) => [sample.type, sample] as const))('%s of today is read as it is', (_type, sample) => {
    const entry = relief.entry(sample, { schema: schemaOf(SHAPES, sample.type) });
    expect(upcast(SHAPES, entry)).toStrictEqual(entry);
  });
});
