// kernel: the ways to say no, each with its status and stable code.
import { Conflict, Contradicts, Invalid, Refused, Unknown } from './errors.js';

const invalid = new Invalid([
  { field: 'lines[0].quantity', rule: 'must be a whole number', value: 1.5 },
  { field: 'donor', rule: 'must be given' },
]);

describe('a refusal', () => {
  it.each`
    error                                                  | name             | status | code                   | message
    ${invalid}                                             | ${'Invalid'}     | ${400} | ${'INVALID'}           | ${'lines[0].quantity must be a whole number (was 1.5); donor must be given'}
    ${new Unknown('item', 'MASKS')}                        | ${'Unknown'}     | ${404} | ${'UNKNOWN'}           | ${'There is no item MASKS.'}
    ${new Unknown('item', 'MASKS', 'Register it.')}        | ${'Unknown'}     | ${404} | ${'UNKNOWN'}           | ${'There is no item MASKS. Register it.'}
    ${new Refused('PLEDGE_CANCELLED', 'It was cancelled')} | ${'Refused'}     | ${409} | ${'PLEDGE_CANCELLED'}  | ${'It was cancelled'}
    ${new Contradicts('The books hold less.', {})}         | ${'Contradicts'} | ${409} | ${'CONTRADICTS_BOOKS'} | ${'The books hold less. If it really happened, send it again with contradiction "confirmed" and a note.'}
    ${new Conflict('donation-D', 3, 4)}                    | ${'Conflict'}    | ${412} | ${'CONFLICT'}          | ${'donation-D is at version 4, not 3: read it again and decide again.'}
  `('$name is $status $code: $message', ({ error, name, status, code, message }) => {
    expect({ name: error.name, status: error.status, code: error.code, message: error.message }).toEqual({
      name,
      status,
      code,
      message,
    });
    expect(error).toBeInstanceOf(Error);
  });

  it('carries its figures', () => {
    expect(new Refused('X', 'x', { wanted: 5 }).figures).toEqual({ wanted: 5 });
    expect(new Contradicts('x', { beyond: [] }).figures).toEqual({ beyond: [] });
    expect(invalid.figures).toEqual({});
  });
});
