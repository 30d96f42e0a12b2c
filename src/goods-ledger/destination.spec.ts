// goods ledger: whom goods are meant for, as people write it.
import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { canonical, countriesOf, isCountry } from './destination.js';
import { IsDestination } from './is-destination.js';

class Line {
  @IsDestination()
  destination: unknown;
}

const accepts = (destination: unknown) => validateSync(Object.assign(new Line(), { destination })).length === 0;

describe('a destination', () => {
  it.each`
    written                              | countries             | country  | spelt
    ${'IT'}                              | ${['IT']}             | ${true}  | ${'IT'}
    ${'BE+SI'}                           | ${['BE', 'SI']}       | ${false} | ${'BE+SI'}
    ${'SI+BE'}                           | ${['SI', 'BE']}       | ${false} | ${'BE+SI'}
    ${'SI+BE+SI'}                        | ${['SI', 'BE', 'SI']} | ${false} | ${'BE+SI'}
    ${'IT+IT'}                           | ${['IT', 'IT']}       | ${false} | ${'IT'}
    ${'Africa'}                          | ${[]}                 | ${false} | ${'Africa'}
    ${'South-eastern Asia'}              | ${[]}                 | ${false} | ${'South-eastern Asia'}
    ${'Latin America and the Caribbean'} | ${[]}                 | ${false} | ${'Latin America and the Caribbean'}
    ${'undecided'}                       | ${[]}                 | ${false} | ${'undecided'}
  `('$written names $countries and is spelt $spelt', ({ written, countries, country, spelt }) => {
    expect(accepts(written)).toBe(true);
    expect(countriesOf(written)).toEqual(countries);
    expect(isCountry(written)).toBe(country);
    expect(canonical(written)).toBe(spelt);
  });

  it.each([
    ['it'],
    ['I'],
    ['IT+'],
    ['IT+fr'],
    ['IT, FR'],
    [''],
    ['Undecided '],
    [' Africa'],
    ['africa'],
    [7],
    [null],
    [undefined],
  ])('is not %j', (written) => {
    expect(accepts(written)).toBe(false);
  });
});
