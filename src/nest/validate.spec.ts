// nest: whatever is wrong with an input is said with its path, its rule and its value.
import 'reflect-metadata';
import { RecordReceipt } from '../consignment/consignment.commands.js';
import { PledgeDonation } from '../donation/donation.commands.js';
import { Invalid } from '../kernel/errors.js';
import { valid } from './validate.js';

const pledge = { happenedAt: '2020-03-16', donor: 'JMF', lines: [{ item: 'MASK', quantity: 1, destination: 'IT' }] };

function problems(of: new () => object, body: unknown): [string, string, unknown][] {
  try {
    valid(of, body);
  } catch (error) {
    if (error instanceof Invalid) return error.problems.map(({ field, rule, value }) => [field, rule, value]);
    throw error;
  }
  return [];
}

describe('a valid input', () => {
  it('becomes a command of its class, lines and all', () => {
    const command = valid(PledgeDonation, { ...pledge, donor: ' jmf ' });

    expect(command).toBeInstanceOf(PledgeDonation);
    expect(command).toMatchObject({ ...pledge, donor: 'JMF' });
  });

  it('has its defaults', () => {
    const lines = [{ item: 'MASK', good: 5 }];
    const receipt = valid(RecordReceipt, {
      happenedAt: '2020-03-16',
      consignment: 'CON',
      hub: 'BELGG',
      complete: true,
      lines,
    });

    expect(receipt.lines[0]!.damaged).toBe(0);
  });

  it('leaves what was sent as it was', () => {
    const sent = structuredClone({ ...pledge, donor: ' jmf ' });
    valid(PledgeDonation, sent);

    expect(sent).toEqual({ ...pledge, donor: ' jmf ' });
  });
});

describe('an input that is not valid', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [pledge]],
    ['a text', 'pledge'],
  ])('is %s', (_, body) => {
    expect(problems(PledgeDonation, body)).toEqual([['body', 'must be a JSON object', body]]);
  });

  it('names the line and the field in it', () => {
    const [good] = pledge.lines;
    const lines = [good, { ...good, quantity: 2.5 }, { ...good, weight: 3 }];

    expect(problems(PledgeDonation, { ...pledge, lines })).toEqual([
      ['lines[1].quantity', 'must be a whole number of base units, 1 to 1000000000', 2.5],
      ['lines[2].weight', 'is not a field of this command', 3],
    ]);
  });

  it('has more lines than a document has', () => {
    const lines = Array.from({ length: 501 }, () => pledge.lines[0]);

    expect(problems(PledgeDonation, { ...pledge, lines }).map(([field, rule]) => [field, rule])).toEqual([
      ['lines', 'must contain no more than 500 elements'],
    ]);
  });

  it('says its faults in one sentence too', () => {
    expect(() => valid(PledgeDonation, { ...pledge, donor: '?' })).toThrow(
      'donor must be 3 to 40 letters, digits or hyphens (was "?")',
    );
  });
});
