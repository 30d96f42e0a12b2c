// kernel: the rule book of correcting any entry of any room.
import * as relief from '../../test/support/relief.js';
import { donation, type Donation } from '../donation/donation.js';
import type { DonationFact } from '../donation/donation.events.js';
import { correct, type Restate } from './correct.js';
import { fold } from './decider.js';
import type { EntryCorrected } from './corrections.js';
import type { Recorded } from './recorded.js';

const { corrected, pledgeLine, HAPPENED } = relief;

type Entry = DonationFact | EntryCorrected<DonationFact>;
type History = readonly Recorded<Entry>[];

const NOTE = 'typing error';
const say = (quantity: number) => relief.pledged({ lines: [pledgeLine({ quantity })] });

/** One donation's entries: `D@0` is the pledge. */
const history = (...facts: readonly Entry[]): History => relief.history<Entry>('donation-D', ...facts);

const voiding = (event: string, entries: History) =>
  correct({ event, reason: 'did_not_occur', note: NOTE }, donation, entries);
const restating = (event: string, entries: History, fact: DonationFact, happenedAt = HAPPENED) =>
  correct({ event, reason: 'incorrect_data', note: NOTE }, donation, entries, async () => ({
    happenedAt,
    schema: 1,
    fact,
  }));

/** The history with the correction behind it, as it will be recorded. */
const followed = (entries: History, made: readonly Entry[]): History => history(...entries, ...made);
const quantity = (entries: History) => {
  const state = fold(donation, entries);
  return state.status === 'none' ? 'none' : state.lines[0]?.quantity;
};

describe('an entry', () => {
  const pledged = history(relief.pledged());

  it('that did not occur is said not to have occurred', async () => {
    expect(await voiding('D@0', pledged)).toEqual([corrected('D@0')]);
  });

  it('with incorrect data is restated', async () => {
    expect(await restating('D@0', pledged, say(400))).toEqual([corrected('D@0', say(400))]);
  });

  it('that happened at another time is restated', async () => {
    const happenedAt = '2020-03-01T00:00:00Z';
    expect(await restating('D@0', pledged, relief.pledged(), happenedAt)).toEqual([
      corrected('D@0', relief.pledged(), { happenedAt }),
    ]);
  });

  it('that reads so already is left alone', async () => {
    expect(await restating('D@0', pledged, relief.pledged())).toEqual([]);
  });

  it('of which nobody knows cannot be corrected', async () => {
    await expect(voiding('D@7', pledged)).rejects.toMatchObject({ code: 'UNKNOWN', kind: 'entry', id: 'D@7' });
  });

  it('is not restated without a restatement, nor voided with one', async () => {
    const wrong = { code: 'INVALID', problems: [expect.objectContaining({ field: 'restated' })] };
    const form: Restate<Donation, DonationFact> = async () => ({ happenedAt: HAPPENED, schema: 1, fact: say(400) });
    await expect(
      correct({ event: 'D@0', reason: 'incorrect_data', note: NOTE }, donation, pledged),
    ).rejects.toMatchObject(wrong);
    await expect(
      correct({ event: 'D@0', reason: 'did_not_occur', note: NOTE }, donation, pledged, form),
    ).rejects.toMatchObject(wrong);
  });
});

describe('an entry that others followed', () => {
  const later = history(relief.pledged(), relief.amended(), relief.cancelled());

  it('can be voided whatever came later', async () => {
    expect(await voiding('D@0', later)).toEqual([corrected('D@0')]);
    expect(await voiding('D@1', later)).toEqual([corrected('D@1')]);
  });

  it('can be restated whatever came later, in the light of what came before', async () => {
    const seen: Donation[] = [];
    const restate: Restate<Donation, DonationFact> = async (before) => {
      seen.push(before);
      return { happenedAt: HAPPENED, schema: 1, fact: relief.amended({ lines: [] }) };
    };
    const made = await correct({ event: 'D@1', reason: 'incorrect_data', note: NOTE }, donation, later, restate);
    expect(made).toEqual([corrected('D@1', relief.amended({ lines: [] }))]);
    expect(seen).toEqual([{ status: 'pledged', donor: 'JMF', lines: [pledgeLine()] }]);
  });

  it('is restated in the light of corrected entries', async () => {
    const seen: Donation[] = [];
    const entries = history(relief.pledged(), relief.amended(), corrected('D@0', say(400)));
    const restate: Restate<Donation, DonationFact> = async (before) => {
      seen.push(before);
      return { happenedAt: HAPPENED, schema: 1, fact: relief.cancelled() };
    };
    await correct({ event: 'D@1', reason: 'incorrect_data', note: NOTE }, donation, entries, restate);
    expect(seen).toMatchObject([{ lines: [{ quantity: 400 }] }]);
  });
});

describe('a correction', () => {
  it.each`
    first              | again
    ${'a voiding'}     | ${(entries: History) => voiding('D@0', entries)}
    ${'a restatement'} | ${(entries: History) => restating('D@0', entries, say(400))}
  `('that says what $first said makes nothing', async ({ again }) => {
    const entries = history(relief.pledged());
    const once = followed(entries, await again(entries));
    expect(once).toHaveLength(2);
    expect(await again(once)).toEqual([]);
  });

  it('that names an original twice counts instead of the first', async () => {
    const once = history(relief.pledged(), corrected('D@0', say(400)));
    const twice = followed(once, await restating('D@0', once, say(300)));
    expect(quantity(twice)).toBe(300);
    expect(quantity(followed(twice, await voiding('D@0', twice)))).toBe('none');
  });

  it('that did not occur gives the entry back', async () => {
    const wrongs: Entry[] = [corrected('D@0'), corrected('D@0', say(400))];
    for (const wrong of wrongs) {
      const once = history(relief.pledged(), wrong);
      const undone = followed(once, await voiding('D@1', once));
      expect(quantity(undone)).toBe(500);
      expect(undone).toHaveLength(3);
    }
  });

  it('that was incorrect restates what it was about', async () => {
    const once = history(relief.pledged(), corrected('D@0', say(400)));
    const made = await restating('D@1', once, say(300));
    expect(made).toEqual([corrected<Entry>('D@1', corrected('D@0', say(300)))]);
    expect(quantity(followed(once, made))).toBe(300);
  });

  it('of a voiding that was incorrect restates the entry', async () => {
    const voided = history(relief.pledged(), corrected('D@0'));
    expect(quantity(followed(voided, await restating('D@1', voided, say(300))))).toBe(300);
  });

  it('of a correction can be corrected, and so on', async () => {
    const base = history(relief.pledged(), corrected('D@0', say(400)), corrected('D@1'));
    expect(quantity(base)).toBe(500);
    const undone = followed(base, await voiding('D@2', base));
    expect(quantity(undone)).toBe(400);
    const made = await restating('D@2', base, say(200));
    expect(made).toEqual([corrected<Entry>('D@2', corrected<Entry>('D@1', corrected('D@0', say(200))))]);
    const restated = followed(base, made);
    expect(quantity(restated)).toBe(200);
    expect(quantity(followed(restated, await voiding('D@3', restated)))).toBe(500);
  });

  it('that makes later decisions impossible is recorded all the same', async () => {
    const entries = history(relief.pledged(), relief.amended());
    const made = await voiding('D@0', entries);
    expect(made).toHaveLength(1);
    expect(() => fold(donation, followed(entries, made))).not.toThrow();
  });
});
