// kernel: which facts stand, once corrections are heard.
import * as relief from '../../test/support/relief.js';
import { donation } from '../donation/donation.js';
import type { DonationFact } from '../donation/donation.events.js';
import { effective, isCorrection, type EntryCorrected } from './corrections.js';
import { fold } from './decider.js';

const { corrected, pledgeLine } = relief;

type Entry = DonationFact | EntryCorrected<DonationFact>;

/** One donation's entries: `D@0` is the pledge; its quantity tells one form from another. */
const history = (...facts: readonly Entry[]) => relief.history<Entry>('donation-D', relief.pledged(), ...facts);
const standing = (...facts: readonly Entry[]) =>
  effective<DonationFact>(history(...facts)).map(({ type, data }) =>
    'lines' in data ? `${type} ${data.lines[0]?.quantity}` : type,
  );

const say = (quantity: number) => relief.pledged({ lines: [pledgeLine({ quantity })] });
const nested = (wrongEventId: string, quantity: number) =>
  corrected<Entry>(wrongEventId, say(quantity)) as EntryCorrected<DonationFact>;

describe('the facts that stand', () => {
  it.each`
    said                                                       | corrections                                                                                       | stands
    ${'nothing is corrected'}                                  | ${[]}                                                                                             | ${['DonationPledged 500']}
    ${'the entry did not occur'}                               | ${[corrected('D@0')]}                                                                             | ${[]}
    ${'it was incorrect'}                                      | ${[nested('D@0', 400)]}                                                                           | ${['DonationPledged 400']}
    ${'the correction did not occur'}                          | ${[nested('D@0', 400), corrected('D@1')]}                                                         | ${['DonationPledged 500']}
    ${'the voiding did not occur'}                             | ${[corrected('D@0'), corrected('D@1')]}                                                           | ${['DonationPledged 500']}
    ${'the correction was incorrect'}                          | ${[nested('D@0', 400), corrected('D@1', nested('D@0', 300))]}                                     | ${['DonationPledged 300']}
    ${'the correction was incorrect: the entry did not occur'} | ${[nested('D@0', 400), corrected('D@1', corrected('D@0'))]}                                       | ${[]}
    ${'the correction of the correction did not occur'}        | ${[nested('D@0', 400), corrected('D@1'), corrected('D@2')]}                                       | ${['DonationPledged 400']}
    ${'the correction of the correction was incorrect'}        | ${[nested('D@0', 400), corrected('D@1'), corrected('D@2', corrected('D@1', nested('D@0', 200)))]} | ${['DonationPledged 200']}
    ${'three corrections of each other did not occur'}         | ${[corrected('D@0'), corrected('D@1'), corrected('D@2'), corrected('D@3')]}                       | ${['DonationPledged 500']}
    ${'it is corrected twice: the later counts'}               | ${[nested('D@0', 400), nested('D@0', 300)]}                                                       | ${['DonationPledged 300']}
    ${'it is corrected, then voided'}                          | ${[nested('D@0', 400), corrected('D@0')]}                                                         | ${[]}
    ${'it is voided, then restated'}                           | ${[corrected('D@0'), nested('D@0', 400)]}                                                         | ${['DonationPledged 400']}
    ${'the later of two corrections did not occur'}            | ${[nested('D@0', 400), nested('D@0', 300), corrected('D@2')]}                                     | ${['DonationPledged 400']}
    ${'the earlier of two corrections did not occur'}          | ${[nested('D@0', 400), nested('D@0', 300), corrected('D@1')]}                                     | ${['DonationPledged 300']}
    ${'it names an entry of another stream'}                   | ${[corrected('E@0')]}                                                                             | ${['DonationPledged 500']}
  `('are $stands when $said', ({ corrections, stands }) => {
    expect(standing(...corrections)).toEqual(stands);
  });

  it('stand in the order in which they were first stated', () => {
    expect(standing(relief.amended(), relief.cancelled(), nested('D@0', 400))).toEqual([
      'DonationPledged 400',
      'PledgeAmended 600',
      'PledgeCancelled',
    ]);
  });

  it('keep their envelope when restated, but for when it happened and its schema', () => {
    const restated = corrected('D@0', say(400), { happenedAt: '2020-03-01T00:00:00Z' });
    const [wrong, ...rest] = history(restated);
    const right = { ...wrong, ...say(400), happenedAt: '2020-03-01T00:00:00Z' };
    expect(effective<DonationFact>([wrong!, ...rest])).toEqual([right]);
  });

  it('make the state', () => {
    const lines = [pledgeLine({ quantity: 400 })];
    expect(fold(donation, history())).toEqual({ status: 'pledged', donor: 'JMF', lines: [pledgeLine()] });
    expect(fold(donation, history(relief.cancelled(), corrected('D@1'), nested('D@0', 400)))).toEqual({
      status: 'pledged',
      donor: 'JMF',
      lines,
    });
    expect(fold(donation, history(corrected('D@0')))).toEqual(donation.initial);
    expect(fold(donation, [])).toBe(donation.initial);
  });

  it('are told from corrections by their name', () => {
    expect(history(corrected('D@0')).map((entry) => isCorrection<DonationFact>(entry))).toEqual([false, true]);
  });
});
