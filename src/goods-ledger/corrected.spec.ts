// goods ledger: what corrections change in the books, and on which dates.
import * as relief from '../../test/support/relief.js';
import type { Fact } from '../kernel/recorded.js';
import { accountKey } from './account.js';
import { movementsOfCorrection, movementsOfStream, type Dated } from './corrected.js';

const { corrected, counted, handed } = relief;

const STREAM = 'consignment-LGG';
const DATES = ['2020-03-13T10:00:00Z', '2020-03-14T10:00:00Z', '2020-03-15T10:00:00Z', '2020-03-16T10:00:00Z'];

/** The facts of one stream, a day after the other; `LGG@0` is the first. */
const history = (...facts: readonly Fact[]) =>
  relief.history(STREAM, ...facts).map((entry, day) => ({ ...entry, happenedAt: DATES[day]! }));

/** As a person reads it: `13 March: 480 donor/… → inTransit/…`. */
const said = ({ movement: { quantity, from, to }, happenedAt, about }: Dated) =>
  `${happenedAt.slice(0, 10)}, entry ${about}: ${quantity} ${shown(accountKey(from))} → ${shown(accountKey(to))}`;
const shown = (key: string) =>
  key.split('/').slice(0, 3).join('/').replace(`/${relief.CONSIGNMENT}`, '').replace(/\/$/, '');

const correction = (...facts: readonly Fact[]) => movementsOfCorrection(history(...facts)).map(said);

const toItaly = relief.dispatchedToItaly();
const italianReceipt = (good: number) => relief.received({ complete: false, lines: [counted({ good })] });

describe('an entry that did not occur', () => {
  it('is reversed on its own date', () => {
    expect(correction(toItaly, relief.delivered(), corrected('LGG@1'))).toEqual([
      '2020-03-14, entry 2: 480 deliveredReported/IT-REDCROSS/IT → inTransit/IT',
    ]);
  });

  it('leaves what follows from it to the entries that follow: what they need is now missing', () => {
    expect(correction(toItaly, relief.delivered(), corrected('LGG@0'))).toEqual([
      '2020-03-13, entry 1: 480 inTransit/IT → donor/JMF-2020-03/undecided',
      '2020-03-14, entry 2: 480 deliveredReported/IT-REDCROSS/IT → inTransit/IT',
      '2020-03-14, entry 2: 480 unexplained/IT → deliveredReported/IT-REDCROSS/IT',
    ]);
  });

  it('moves nothing when it moved nothing', () => {
    expect(correction(toItaly, relief.arrived(), corrected('LGG@1'))).toEqual([]);
  });
});

describe('an entry that is restated', () => {
  const restated = relief.delivered({ lines: [handed({ accepted: 400 })] });

  it('is reversed, and stands as restated, on its date', () => {
    const facts = [toItaly, relief.delivered(), corrected('LGG@1', restated, { happenedAt: DATES[1]! })];
    expect(correction(...facts)).toEqual([
      '2020-03-14, entry 2: 480 deliveredReported/IT-REDCROSS/IT → inTransit/IT',
      '2020-03-14, entry 2: 400 inTransit/IT → deliveredReported/IT-REDCROSS/IT',
    ]);
  });

  it('stands on another date when only the date was wrong', () => {
    const facts = [toItaly, relief.delivered(), corrected('LGG@1', relief.delivered(), { happenedAt: DATES[0]! })];
    expect(correction(...facts)).toEqual([
      '2020-03-14, entry 2: 480 deliveredReported/IT-REDCROSS/IT → inTransit/IT',
      '2020-03-13, entry 2: 480 inTransit/IT → deliveredReported/IT-REDCROSS/IT',
    ]);
  });

  it('moves nothing when only its documents change', () => {
    const noted = relief.delivered({ pod: 'POD-1' });
    expect(correction(toItaly, relief.delivered(), corrected('LGG@1', noted, { happenedAt: DATES[1]! }))).toEqual([]);
  });

  it('does not touch entries that move the same in its new light', () => {
    const more = corrected('LGG@1', italianReceipt(110), { happenedAt: DATES[1]! });
    expect(correction(toItaly, italianReceipt(100), italianReceipt(50), more)).toEqual([
      '2020-03-14, entry 2: 100 atHub/BELGG/IT → inTransit/IT',
      '2020-03-14, entry 2: 110 inTransit/IT → atHub/BELGG/IT',
    ]);
  });

  it('changes what a later complete count found missing, on the date of that count', () => {
    const complete = relief.received({ lines: [counted({ good: 370 })] });
    const more = corrected('LGG@1', italianReceipt(110), { happenedAt: DATES[1]! });
    expect(correction(toItaly, italianReceipt(100), complete, more)).toEqual([
      '2020-03-14, entry 2: 100 atHub/BELGG/IT → inTransit/IT',
      '2020-03-15, entry 3: 10 unexplained/IT → inTransit/IT',
      '2020-03-14, entry 2: 110 inTransit/IT → atHub/BELGG/IT',
    ]);
  });
});

describe('a correction of a correction', () => {
  const voided = [toItaly, relief.delivered(), corrected('LGG@1')];

  it('that did not occur brings the movements back', () => {
    expect(correction(...voided, corrected('LGG@2'))).toEqual([
      '2020-03-14, entry 2: 480 inTransit/IT → deliveredReported/IT-REDCROSS/IT',
    ]);
  });

  it('leaves the stream as if neither had been said', () => {
    expect(movementsOfStream(history(...voided, corrected('LGG@2')))).toEqual(
      movementsOfStream(history(toItaly, relief.delivered())),
    );
  });
});
