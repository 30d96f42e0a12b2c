// kernel: what a field of any command must look like.
import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { grouped, QUANTITY_MAX } from './quantity.js';
import { IsCountry, IsMoment, IsPlace, IsQuantity, IsReference } from './rules.js';

class Form {
  @IsReference()
  reference: unknown = 'JMF-2020-03';

  @IsPlace()
  place: unknown = 'BELGG';

  @IsCountry()
  country: unknown = 'IT';

  @IsQuantity()
  quantity: unknown = 1;

  @IsQuantity(0)
  count: unknown = 0;

  @IsMoment()
  moment: unknown = '2020-03-31';
}

const filled = (fields: Partial<Form>) => plainToInstance(Form, fields, { exposeDefaultValues: true });
const faults = (fields: Partial<Form>) =>
  validateSync(filled(fields)).map(({ property, constraints }) => [property, Object.values(constraints!)]);

describe('a form', () => {
  it('without faults has none', () => {
    expect(faults({})).toEqual([]);
  });

  it.each`
    field          | value                       | kept
    ${'reference'} | ${' jmf-2020-03 '}          | ${'JMF-2020-03'}
    ${'place'}     | ${'belgg'}                  | ${'BELGG'}
    ${'place'}     | ${'it'}                     | ${'IT'}
    ${'country'}   | ${'it'}                     | ${'IT'}
    ${'quantity'}  | ${QUANTITY_MAX}             | ${QUANTITY_MAX}
    ${'count'}     | ${0}                        | ${0}
    ${'moment'}    | ${'2020-03-31T21:30+02:00'} | ${'2020-03-31T21:30+02:00'}
  `('takes $value as $field and keeps $kept', ({ field, value, kept }) => {
    expect(faults({ [field]: value })).toEqual([]);
    expect(filled({ [field]: value })).toMatchObject({ [field]: kept });
  });

  it.each`
    field          | value               | said
    ${'reference'} | ${'J'}              | ${'must be 3 to 40 letters, digits or hyphens'}
    ${'reference'} | ${'IT'}             | ${'must be 3 to 40 letters, digits or hyphens'}
    ${'reference'} | ${'J/../F'}         | ${'must be 3 to 40 letters, digits or hyphens'}
    ${'reference'} | ${7}                | ${'must be 3 to 40 letters, digits or hyphens'}
    ${'place'}     | ${'B'}              | ${'must be a place reference or a country code, such as BELGG or IT'}
    ${'place'}     | ${null}             | ${'must be a place reference or a country code, such as BELGG or IT'}
    ${'country'}   | ${'ITA'}            | ${'must be a country code of two letters, such as IT'}
    ${'country'}   | ${'I7'}             | ${'must be a country code of two letters, such as IT'}
    ${'quantity'}  | ${0}                | ${'must be a whole number of base units, 1 to 1000000000'}
    ${'quantity'}  | ${-1}               | ${'must be a whole number of base units, 1 to 1000000000'}
    ${'quantity'}  | ${1.5}              | ${'must be a whole number of base units, 1 to 1000000000'}
    ${'quantity'}  | ${'5'}              | ${'must be a whole number of base units, 1 to 1000000000'}
    ${'quantity'}  | ${NaN}              | ${'must be a whole number of base units, 1 to 1000000000'}
    ${'quantity'}  | ${QUANTITY_MAX + 1} | ${'must be a whole number of base units, 1 to 1000000000'}
    ${'count'}     | ${-1}               | ${'must be a whole number of base units, 0 to 1000000000'}
    ${'moment'}    | ${'2020-02-30'}     | ${'must be a date (2020-03-31) or a date and time with offset (2020-03-31T21:30+02:00)'}
  `('does not take $value as $field', ({ field, value, said }) => {
    expect(faults({ [field]: value })).toEqual([[field, [said]]]);
  });
});

describe('a quantity', () => {
  it.each`
    quantity   | read
    ${0}       | ${'0'}
    ${999}     | ${'999'}
    ${1500000} | ${'1,500,000'}
    ${-8000}   | ${'-8,000'}
  `('of $quantity reads $read', ({ quantity, read }) => {
    expect(grouped(quantity)).toBe(read);
  });
});
