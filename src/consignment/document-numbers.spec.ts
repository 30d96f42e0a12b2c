// consignment: numbers with known answers; sources as named in each table.
import { isAirWaybill, isContainer, isMrn } from './document-numbers.js';

describe('An air waybill number', () => {
  // Australian Border Force, Air Waybill Number Validation V1.1; jetcurrent.com; Veritas.Logistics AwbTests.
  it.each([
    ['081-12345675', true],
    ['020-81140743', true],
    ['12312345675', true],
    ['020-00000000', true],
    ['999-99999992', true],
    ['123-12345674', false],
    ['1231234567', false],
    ['020-81140747', false],
    ['020-8114074X', false],
  ])('%s fits: %s', (number, fits) => expect(isAirWaybill(number)).toBe(fits));
});

describe('A container number', () => {
  // python-stdnum tests/test_iso6346.doctest; ruanmartinelli/is-container; prefixlist.com.
  it.each([
    ['CSQU3054383', true],
    ['csqu3054383', true],
    ['TOLU4734787', true],
    ['MSKU6011672', true],
    ['MWCU6059784', true],
    ['CSQU3054384', false],
    ['CSQU305438', false],
    ['INXU6011677', false],
    ['6011672MSKU', false],
  ])('%s fits: %s', (number, fits) => expect(isContainer(number)).toBe(fits));
});

describe('A movement reference number', () => {
  // HM Revenue & Customs MovementReferenceNumberSpec; the last two made wrong here by one character.
  it.each([
    ['24GB1FR25DIMDJF1M4', true],
    ['29GBQHFCG83AJEB0K1', true],
    ['25XIKQDYH3A6DLFFL0', true],
    ['24XIFHAHUUPWDLWLM4', true],
    ['27RUNUC6ZY3D45ERJ2', true],
    ['24GB1FR25DIMDJF1M5', false],
    ['24GB1FR25DIMDJF1M', false],
  ])('%s fits: %s', (number, fits) => expect(isMrn(number)).toBe(fits));
});
