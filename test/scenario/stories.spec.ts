// scenario: what happens to goods between a pledge and a signed receipt, told as its people live it.
import { House } from '../support/house.js';

let house: House;

beforeEach(async () => {
  house = await House.open();
  await house.record('RegisterItem', {
    ...{ happenedAt: '2020-03-01', item: 'FFP2', name: 'FFP2 mask', unit: 'piece' },
    packs: [{ name: 'carton', holds: 1_000 }],
  });
  for (const organisation of ['JMF', 'IT-RED-CROSS', 'FR-HEALTH', 'NL-HOSPITALS']) {
    await house.record('RegisterOrganisation', { happenedAt: '2020-03-01', organisation, name: organisation });
  }
  await house.record('PledgeDonation', { happenedAt: '2020-03-02', donation: 'GIFT', donor: 'JMF', lines: [] });
});
afterEach(() => house.close());

const FFP2 = { item: 'FFP2', donation: 'GIFT' };

const flown = (consignment: string, lines: object[], more: object = {}) =>
  house.record('DispatchConsignment', {
    happenedAt: '2020-03-12T10:00Z',
    consignment,
    from: 'CNHGH',
    to: 'BELGG',
    mode: 'air',
    lines,
    ...more,
  });
const counted = (consignment: string, lines: object[], more: object = {}) =>
  house.record('RecordReceipt', {
    happenedAt: '2020-03-13T22:00Z',
    consignment,
    hub: 'BELGG',
    complete: true,
    lines,
    ...more,
  });
const sent = (consignment: string, to: string, quantity: number, more: object = {}) =>
  house.record('DispatchConsignment', {
    happenedAt: '2020-03-14T06:00Z',
    consignment,
    from: 'BELGG',
    to,
    mode: 'road',
    lines: [{ item: 'FFP2', quantity }],
    ...more,
  });
const handed = (consignment: string, recipient: string, accepted: number, more: object = {}) =>
  house.record('RecordDelivery', {
    happenedAt: '2020-03-15T09:00Z',
    consignment,
    recipient,
    proof: 'reported',
    lines: [{ item: 'FFP2', accepted }],
    ...more,
  });

/** The row of a country or destination for FFP2 masks. */
async function row(where: string, question: object = {}) {
  const { rows } = await house.countries({ item: 'FFP2', ...question });
  return rows.find(({ country, destination }) => where === (country ?? destination));
}

describe('A flight for Italy is passed on at Liege', () => {
  it('is under way to Italy, then at the hub for Italy, then delivered to Italy', async () => {
    await flown('LGG-1', [{ ...FFP2, quantity: 500_000, destination: 'IT' }]);
    expect(await row('IT')).toMatchObject({ inTransit: 500_000 });
    await counted('LGG-1', [{ item: 'FFP2', good: 500_000 }]);
    expect(await row('IT')).toMatchObject({ inTransit: 0, atHub: 500_000 });
    await sent('ROM-1', 'IT', 500_000);
    await handed('ROM-1', 'IT-RED-CROSS', 500_000, { proof: 'confirmed', pod: 'POD-1', signedBy: 'PERSON-7' });
    expect(await row('IT')).toMatchObject({ atHub: 0, inTransit: 0, delivered: 500_000, deliveredConfirmed: 500_000 });
    await house.record('CloseConsignment', { happenedAt: '2020-03-16', consignment: 'ROM-1' });
  });
});

describe('1,500,000 masks for three countries', () => {
  beforeEach(async () => {
    await flown('LGG-3', [{ ...FFP2, quantity: 1_500_000, destination: 'SI+FR+BE' }]);
    await counted('LGG-3', [{ item: 'FFP2', good: 1_500_000 }]);
  });

  it('stay in a row of their own until somebody decides', async () => {
    expect(await row('BE+FR+SI')).toMatchObject({ country: null, atHub: 1_500_000 });
    await expect(sent('SI-1', 'SI', 300_000)).rejects.toMatchObject({ code: 'NOT_ENOUGH_STOCK' });
  });

  it('move to a country when they are allocated, and back when that is released', async () => {
    const decision = { happenedAt: '2020-03-14', hub: 'BELGG', item: 'FFP2', quantity: 300_000 };
    await house.record('AllocateStock', { ...decision, to: 'SI' });
    expect(await row('SI')).toMatchObject({ atHub: 300_000 });
    expect(await row('BE+FR+SI')).toMatchObject({ atHub: 1_200_000 });
    await sent('SI-1', 'SI', 200_000);
    await house.record('ReleaseAllocation', { ...decision, quantity: 100_000, from: 'SI', to: 'BE+FR+SI' });
    expect(await row('BE+FR+SI')).toMatchObject({ atHub: 1_300_000 });
  });

  it('cannot be given away twice, even by two people at once', async () => {
    const decide = (to: string) =>
      house.record('AllocateStock', { happenedAt: '2020-03-14', hub: 'BELGG', item: 'FFP2', quantity: 1_000_000, to });
    const both = await Promise.allSettled([decide('FR'), decide('SI')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'NOT_ENOUGH_STOCK', figures: { available: 500_000, wanted: 1_000_000 } },
    });
  });
});

describe('A consignment held at customs for two days', () => {
  const at = { consignment: 'LGG-2', place: 'BELGG' };

  beforeEach(async () => {
    await flown('LGG-2', [{ ...FFP2, quantity: 1_000, destination: 'IT' }]);
    await counted('LGG-2', [{ item: 'FFP2', good: 1_000 }]);
    await house.record('RecordCustomsHold', { ...at, happenedAt: '2020-03-13', reason: 'papers missing' });
  });

  it('cannot leave the hub, and the refusal says why', async () => {
    await expect(sent('ROM-2', 'IT', 1_000)).rejects.toMatchObject({
      code: 'CUSTOMS_HOLD',
      message: expect.stringContaining('papers missing'),
    });
  });

  it('leaves once it is cleared', async () => {
    await house.record('RecordCustomsClearance', {
      ...at,
      happenedAt: '2020-03-15',
      mrn: '24GB1FR25DIMDJF1M4',
      procedure: 'R',
    });
    await expect(sent('ROM-2', 'IT', 1_000)).resolves.toMatchObject({ repeated: false });
  });

  it('is recorded with a mistyped MRN, and the answer says so', async () => {
    const answer = await house.record('RecordCustomsClearance', {
      ...at,
      happenedAt: '2020-03-15',
      mrn: '24GB1FR25DIMDJF1M5',
    });
    expect(answer).toMatchObject({ doubtful: ['mrn'], repeated: false });
  });
});

describe('480 of 500 cartons arrive, 12 damaged, 8 found a week later', () => {
  const CARTONS = { item: 'FFP2', pack: 'carton' };

  beforeEach(async () => {
    await flown('LGG-4', [{ ...FFP2, pack: 'carton', quantity: 500, destination: 'IT' }]);
    await counted('LGG-4', [{ ...CARTONS, good: 468, damaged: 12 }]);
  });

  it('leaves 20 cartons unexplained, counted in pieces', async () => {
    expect(await row('IT')).toMatchObject({ atHub: 468_000, damaged: 12_000, unexplained: 20_000 });
  });

  it('cannot be closed while something is unexplained', async () => {
    await expect(
      house.record('CloseConsignment', { happenedAt: '2020-03-14', consignment: 'LGG-4' }),
    ).rejects.toMatchObject({ code: 'BALANCE_OPEN' });
  });

  it('closes when 8 are found and 12 are lost for good', async () => {
    await house.record('RecordFound', {
      happenedAt: '2020-03-20',
      consignment: 'LGG-4',
      hub: 'BELGG',
      lines: [{ ...CARTONS, quantity: 8 }],
    });
    expect(await row('IT')).toMatchObject({ atHub: 476_000, unexplained: 12_000 });
    await house.record('RecordLoss', {
      happenedAt: '2020-03-21',
      consignment: 'LGG-4',
      cause: 'stolen',
      lines: [{ ...CARTONS, quantity: 12 }],
    });
    await house.record('CloseConsignment', { happenedAt: '2020-03-22', consignment: 'LGG-4' });
    expect(await row('IT')).toMatchObject({ atHub: 476_000, lost: 12_000, unexplained: 0 });
  });

  it('is explained at once when the papers were wrong: only 480 cartons ever left', async () => {
    const entries = await house.entries('consignment', 'LGG-4');
    await house.record('CorrectConsignmentEntry', {
      ...{
        happenedAt: '2020-03-14',
        consignment: 'LGG-4',
        event: entries[0]!.id,
        reason: 'incorrect_data',
        note: 'Packing list read wrongly.',
      },
      restated: {
        command: 'DispatchConsignment',
        body: {
          ...{ happenedAt: '2020-03-12T10:00Z', consignment: 'LGG-4', from: 'CNHGH', to: 'BELGG', mode: 'air' },
          lines: [{ ...FFP2, pack: 'carton', quantity: 480, destination: 'IT' }],
        },
      },
    });
    expect(await row('IT')).toMatchObject({ atHub: 468_000, damaged: 12_000, unexplained: 0 });
  });
});

describe('A second part of a receipt', () => {
  it('never undoes the first', async () => {
    await flown('LGG-5', [{ ...FFP2, quantity: 1_000 }]);
    await counted('LGG-5', [{ item: 'FFP2', good: 400 }], { complete: false, grn: 'GRN-1' });
    await counted('LGG-5', [{ item: 'FFP2', good: 600 }], { grn: 'GRN-2' });
    expect(await row('undecided')).toMatchObject({ atHub: 1_000, inTransit: 0, unexplained: 0 });
  });
});

describe('A delivery booked on the wrong country', () => {
  it('is put right after the fact, on its own date, and both truths can be asked for', async () => {
    await flown('LGG-6', [{ ...FFP2, quantity: 1_000 }]);
    await counted('LGG-6', [{ item: 'FFP2', good: 1_000 }]);
    await sent('PAR-1', 'FR', 1_000);
    const wrong = await handed('PAR-1', 'FR-HEALTH', 1_000, { country: 'BE' });
    const before = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await house.record('CorrectConsignmentEntry', {
      ...{
        happenedAt: '2020-03-20',
        consignment: 'PAR-1',
        event: wrong.events[0],
        reason: 'incorrect_data',
        note: 'It was France.',
      },
      restated: {
        command: 'RecordDelivery',
        body: {
          happenedAt: '2020-03-15T09:00Z',
          consignment: 'PAR-1',
          recipient: 'FR-HEALTH',
          proof: 'reported',
          lines: [{ item: 'FFP2', accepted: 1_000 }],
        },
      },
    });
    expect(await row('FR', { until: '2020-03-15' })).toMatchObject({ delivered: 1_000 });
    expect(await row('BE')).toBeUndefined();
    expect(await row('BE', { knownAt: before })).toMatchObject({ delivered: 1_000 });
  });
});

describe('A lot of 600,000 masks recalled after half was handed out', () => {
  it('stays where it is at the hub, and the rest is stopped', async () => {
    await flown('LGG-7', [{ ...FFP2, lot: 'L-77', quantity: 600_000, expiry: '2023-03-01' }]);
    await counted('LGG-7', [{ item: 'FFP2', lot: 'L-77', good: 600_000 }]);
    await sent('AMS-1', 'NL', 300_000);
    await handed('AMS-1', 'NL-HOSPITALS', 300_000);
    await house.record('RecallLot', {
      happenedAt: '2020-03-28',
      item: 'FFP2',
      lot: 'L-77',
      reason: 'filter fails the test',
    });
    await expect(sent('AMS-2', 'NL', 300_000)).rejects.toMatchObject({ code: 'LOT_ON_HOLD' });
    await house.record('RecordReturn', {
      happenedAt: '2020-03-30',
      consignment: 'AMS-1',
      hub: 'BELGG',
      lines: [{ item: 'FFP2', quantity: 1 }],
      contradiction: 'confirmed',
      note: 'Brought back by a driver.',
    });
    await house.record('ReleaseLot', { happenedAt: '2020-04-02', item: 'FFP2', lot: 'L-77' });
    await expect(sent('AMS-2', 'NL', 300_000)).resolves.toMatchObject({ repeated: false });
  });
});

describe('More delivered than was under way', () => {
  it('is answered with the figures, then recorded when it is confirmed', async () => {
    await flown('LGG-8', [{ ...FFP2, quantity: 480 }]);
    await counted('LGG-8', [{ item: 'FFP2', good: 480 }]);
    await sent('ROM-8', 'IT', 480);
    await expect(handed('ROM-8', 'IT-RED-CROSS', 500)).rejects.toMatchObject({
      code: 'CONTRADICTS_BOOKS',
      figures: { beyond: [{ item: 'FFP2', quantity: 20 }], underWay: [{ quantity: 480 }] },
    });
    await handed('ROM-8', 'IT-RED-CROSS', 500, { contradiction: 'confirmed', note: 'Counted twice at the door.' });
    expect(await row('IT')).toMatchObject({ delivered: 500, inTransit: 0, unexplained: -20 });
  });

  it('nothing received is a fact too', async () => {
    await flown('LGG-9', [{ ...FFP2, quantity: 480 }]);
    await counted('LGG-9', [{ item: 'FFP2', good: 0 }]);
    expect(await row('undecided')).toMatchObject({ atHub: 0, unexplained: 480 });
  });
});

describe('A stocktake', () => {
  beforeEach(async () => {
    await flown('LGG-10', [{ ...FFP2, quantity: 1_000 }]);
    await counted('LGG-10', [{ item: 'FFP2', good: 1_000 }]);
  });
  const count = (quantity: number) =>
    house.record('CountStock', {
      happenedAt: '2020-03-20',
      hub: 'BELGG',
      countedBy: 'warehouse team',
      lines: [{ item: 'FFP2', counted: quantity }],
    });

  it('makes what is missing unexplained, and what re-appears explained', async () => {
    await count(990);
    expect(await row('undecided')).toMatchObject({ atHub: 990, unexplained: 10 });
    await count(994);
    expect(await row('undecided')).toMatchObject({ atHub: 994, unexplained: 6 });
  });

  it('is settled by a write-off', async () => {
    await count(990);
    await house.record('WriteOffStock', {
      happenedAt: '2020-03-21',
      hub: 'BELGG',
      item: 'FFP2',
      quantity: 10,
      outOf: 'unexplained',
      cause: 'stolen',
    });
    expect(await row('undecided')).toMatchObject({ atHub: 990, unexplained: 0, lost: 10 });
  });

  it('can be restated: the books then are what they were when it was made', async () => {
    const { events } = await count(990);
    await house.record('CorrectHubEntry', {
      ...{
        happenedAt: '2020-03-21',
        hub: 'BELGG',
        event: events[0],
        reason: 'incorrect_data',
        note: 'One pallet overlooked.',
      },
      restated: {
        command: 'CountStock',
        body: { happenedAt: '2020-03-20', hub: 'BELGG', lines: [{ item: 'FFP2', counted: 995 }] },
      },
    });
    expect(await row('undecided')).toMatchObject({ atHub: 995, unexplained: 5 });
  });

  it('counts the same goods once', async () => {
    const twice = {
      happenedAt: '2020-03-20',
      hub: 'BELGG',
      lines: [990, 990].map((counted) => ({ item: 'FFP2', counted })),
    };
    await expect(house.record('CountStock', twice)).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('shows a surplus as one', async () => {
    await count(1_005);
    expect(await row('undecided')).toMatchObject({ atHub: 1_005, unexplained: -5 });
  });
});

describe('A dispatch out of the hub that was written wrongly', () => {
  it('can be restated downwards and upwards although the stock has moved on', async () => {
    await flown('LGG-11', [{ ...FFP2, quantity: 1_000 }]);
    await counted('LGG-11', [{ item: 'FFP2', good: 1_000 }]);
    const first = await sent('ROM-11', 'IT', 1_000);
    const restate = (quantity: number) =>
      house.record('CorrectConsignmentEntry', {
        ...{
          happenedAt: '2020-03-15',
          consignment: 'ROM-11',
          event: first.events[0],
          reason: 'incorrect_data',
          note: 'Counted again.',
        },
        restated: {
          command: 'DispatchConsignment',
          body: {
            happenedAt: '2020-03-14T06:00Z',
            consignment: 'ROM-11',
            from: 'BELGG',
            to: 'IT',
            mode: 'road',
            lines: [{ item: 'FFP2', quantity }],
          },
        },
      });
    await restate(900);
    expect([await row('undecided'), await row('IT')]).toMatchObject([{ atHub: 100 }, { inTransit: 900 }]);
    await restate(1_100);
    expect([await row('undecided'), await row('IT')]).toMatchObject([{ atHub: -100 }, { inTransit: 1_100 }]);
  });
});
