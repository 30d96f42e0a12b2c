// nest: circumstances are kept beside a command, never in it.
import { circumstances, orderOf, ordered } from './circumstances.js';

class CloseConsignment {
  constructor(readonly consignment: string) {}
}

const given = circumstances({ actor: { id: 'u-17', role: 'logistician' }, channel: 'api' });

describe('a command with its circumstances', () => {
  it('says them when it is asked', () => {
    const command = ordered(new CloseConsignment('C-1'), { circumstances: given, ifVersion: 3 });
    expect(orderOf(command)).toEqual({ circumstances: given, ifVersion: 3 });
  });

  it('neither lists, writes nor hands them on', () => {
    const command = ordered(new CloseConsignment('C-1'), { circumstances: given });
    expect(Reflect.ownKeys({ ...command })).toEqual(['consignment']);
    expect(JSON.stringify(command)).toBe('{"consignment":"C-1"}');
    expect(Object.entries(command)).toEqual([['consignment', 'C-1']]);
  });

  it('takes the last ones that it is given', () => {
    const command = ordered(new CloseConsignment('C-1'), { circumstances: given });
    const later = circumstances({ actor: { id: 'u-18', role: 'coordinator' }, channel: 'import' });
    expect(orderOf(ordered(command, { circumstances: later })).circumstances).toBe(later);
  });
});

it('a command without circumstances is refused by its name', () => {
  expect(() => orderOf(new CloseConsignment('C-1'))).toThrow(
    'CloseConsignment was executed without its circumstances.',
  );
});
