// lot: the rule book.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Fact } from '../kernel/recorded.js';
import { lotShapes } from './lot.events.js';
import { hold, lot, recall, release, type Lot } from './lot.js';

const holding = (...facts: Fact[]) => given(lot, facts).when((state) => hold(relief.holdLot(), state));
const recalling = (...facts: Fact[]) => given(lot, facts).when((state) => recall(relief.recallLot(), state));
const releasing = (...facts: Fact[]) => given(lot, facts).when((state) => release(relief.releaseLot(), state));

describe('a lot that nothing stops', () => {
  it('is held, with the reason', () => {
    holding().then([relief.lotHeld()]);
  });

  it('is recalled, with the reason', () => {
    recalling().then([relief.lotRecalled()]);
  });

  it('is not released', () => {
    releasing().thenNothing();
    releasing(relief.lotHeld(), relief.lotReleased()).thenNothing();
  });

  it('keeps note and source of the decision', () => {
    const said = { note: 'call of 14 March', source: 'RAPEX A12/00497/20' };
    given(lot)
      .when((state) => hold(relief.holdLot(said), state))
      .then([relief.lotHeld(said)]);
  });

  it('is stopped once by a command given twice under one id', async () => {
    const decide = (state: Lot) => hold(relief.holdLot(), state);
    expect(await givenTwice(lot, lotShapes, [], decide)).toEqual([1, 0]);
  });

  it('may be held again after a release', () => {
    holding(relief.lotHeld(), relief.lotReleased()).then([relief.lotHeld()]);
  });
});

describe('a lot on hold', () => {
  it('is not held twice', () => {
    holding(relief.lotHeld()).thenNothing();
  });

  it('is recalled when the hold was not enough', () => {
    recalling(relief.lotHeld()).then([relief.lotRecalled()]);
  });

  it('is released', () => {
    releasing(relief.lotHeld()).then([relief.lotReleased()]);
  });

  it('is free when the hold was voided', () => {
    releasing(relief.lotHeld(), relief.corrected('test@0')).thenNothing();
  });
});

describe('a recalled lot', () => {
  it('is not recalled twice', () => {
    recalling(relief.lotRecalled()).thenNothing();
  });

  it('is not put on a mere hold', () => {
    holding(relief.lotRecalled()).thenRefused('LOT_RECALLED');
  });

  it('is released', () => {
    releasing(relief.lotRecalled()).then([relief.lotReleased()]);
  });

  it('is only held when the recall is restated so', () => {
    recalling(relief.lotRecalled(), relief.corrected('test@0', relief.lotHeld())).then([relief.lotRecalled()]);
  });
});
