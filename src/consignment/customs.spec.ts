// consignment: the rule book of the border.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Fact } from '../kernel/recorded.js';
import { consignmentShapes } from './consignment.events.js';
import { consignment, type Consignment } from './consignment.js';
import { clear, declare, hold, refuse } from './customs.js';

/** A number of HM Revenue & Customs that adds up, and one that does not. */
const MRN = '24GB1FR25DIMDJF1M4';
const WRONG = '24GB1FR25DIMDJF1M5';

const declaring = (command = relief.customsEntry(), ...facts: Fact[]) =>
  given(consignment, [relief.dispatched(), ...facts]).when((state) => declare(command, state));
const holding = (command = relief.customsHold(), ...facts: Fact[]) =>
  given(consignment, [relief.dispatched(), ...facts]).when((state) => hold(command, state));
const clearing = (command = relief.customsClearance(), ...facts: Fact[]) =>
  given(consignment, [relief.dispatched(), ...facts]).when((state) => clear(command, state));
const refusing = (command = relief.customsRefusal(), ...facts: Fact[]) =>
  given(consignment, [relief.dispatched(), ...facts]).when((state) => refuse(command, state));

describe('a consignment nobody has heard of', () => {
  it.each<[string, (state: Consignment) => readonly Fact[]]>([
    ['declared', (state) => declare(relief.customsEntry(), state)],
    ['held', (state) => hold(relief.customsHold(), state)],
    ['cleared', (state) => clear(relief.customsClearance(), state)],
    ['refused', (state) => refuse(relief.customsRefusal(), state)],
  ])('is not %s', (_what, decide) => given(consignment).when(decide).thenUnknown('consignment'));
});

describe('a consignment at the border', () => {
  const papers = { procedure: 'R', reliefBasis: 'Decision (EU) 2020/491', exportAuthorisation: 'BE-2020-17' };
  const lines = [{ item: 'MASK', hsCode: '6307909810', hsEdition: 'HS2017', hsAuthority: 'EU' }];
  const goods = [relief.CLASSIFIED];

  it('is declared, with nothing but the place', () => {
    declaring().then([relief.entryLodged()]);
  });

  it('is declared with procedure, relief basis, export authorisation and the classes of its goods', () => {
    declaring(relief.customsEntry({ mrn: MRN, ...papers, lines })).then([
      relief.entryLodged({ mrn: MRN, ...papers, goods }),
    ]);
  });

  it('is held, with the reason', () => {
    holding().then([relief.heldAtCustoms()]);
  });

  it('is cleared, with the same papers', () => {
    clearing(relief.customsClearance({ mrn: MRN, ...papers, lines }), relief.heldAtCustoms()).then([
      relief.cleared({ mrn: MRN, ...papers, goods }),
    ]);
  });

  it('is cleared without having been declared or held: facts come as they come', () => {
    clearing().then([relief.cleared()]);
  });

  it('is refused, with the reason', () => {
    refusing(relief.customsRefusal(), relief.heldAtCustoms()).then([relief.refusedEntry()]);
  });

  it('keeps note and source', () => {
    const said = { note: 'by telephone', source: 'mail of 13 March' };
    holding(relief.customsHold(said)).then([relief.heldAtCustoms(said)]);
  });

  it('moves no goods, and its books stay as they were', () => {
    const before = given(consignment, [relief.dispatched(), relief.heldAtCustoms(), relief.cleared()]);
    before.when((state) => declare(relief.customsEntry(), state)).then([relief.entryLodged()]);
  });

  it('is held once by a command given twice under one id', async () => {
    const decide = (state: Consignment) => hold(relief.customsHold(), state);
    expect(await givenTwice(consignment, consignmentShapes, [relief.dispatched()], decide)).toEqual([1, 0]);
  });
});

describe('a movement reference number', () => {
  it('that adds up is kept as it is', () => {
    declaring(relief.customsEntry({ mrn: MRN })).then([relief.entryLodged({ mrn: MRN })]);
  });

  it('that does not is recorded all the same, and flagged', () => {
    declaring(relief.customsEntry({ mrn: WRONG })).then([relief.entryLodged({ mrn: WRONG, doubtful: ['mrn'] })]);
    holding(relief.customsHold({ mrn: WRONG })).then([relief.heldAtCustoms({ mrn: WRONG, doubtful: ['mrn'] })]);
  });
});

describe('the latest word of customs', () => {
  it.each([
    ['declared', () => declaring(relief.customsEntry(), relief.entryLodged())],
    ['held', () => holding(relief.customsHold(), relief.heldAtCustoms())],
    ['cleared', () => clearing(relief.customsClearance(), relief.cleared())],
    ['refused', () => refusing(relief.customsRefusal(), relief.refusedEntry())],
  ])('makes nothing when it is said again: %s', (_word, again) => again().thenNothing());

  it('is another one when it says something else', () => {
    holding(relief.customsHold({ reason: 'sampled' }), relief.heldAtCustoms()).then([
      relief.heldAtCustoms({ reason: 'sampled' }),
    ]);
  });

  it('may be a hold again after a clearance', () => {
    holding(relief.customsHold(), relief.heldAtCustoms(), relief.cleared()).then([relief.heldAtCustoms()]);
  });

  it('is the earlier one when the later one was voided', () => {
    const voided = [relief.heldAtCustoms(), relief.cleared(), relief.corrected('test@2')];
    holding(relief.customsHold(), ...voided).thenNothing();
    clearing(relief.customsClearance(), ...voided).then([relief.cleared()]);
  });
});
