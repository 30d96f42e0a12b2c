import { House } from './house.js';
import * as relief from './relief.js';

describe('a house opened in memory', () => {
  let house: House;
  beforeAll(async () => (house = await House.open()));
  afterAll(() => house.close());

  it('records commands by name and body, and reports what they add up to', async () => {
    const { happenedAt } = relief.registerOrganisation();
    await house.record('RegisterOrganisation', { ...relief.registerOrganisation() });
    const recorded = await house.record('PledgeDonation', { ...relief.pledge() }, { commandId: 'first-pledge' });
    expect(recorded).toMatchObject({ version: 0, repeated: false });
    expect(await house.record('PledgeDonation', { ...relief.pledge() }, { commandId: 'first-pledge' })).toEqual({
      ...recorded,
      repeated: true,
    });
    const { rows } = await house.countries({ until: happenedAt });
    expect(rows).toEqual([expect.objectContaining({ country: 'IT', item: 'MASK', unit: 'piece', pledged: 500 })]);
  });

  it('refuses a version that is past', async () => {
    await expect(house.record('CancelPledge', { ...relief.cancelPledge() }, { ifVersion: 7 })).rejects.toMatchObject({
      status: 412,
    });
  });
});
