// request: the rule book.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Fact } from '../kernel/recorded.js';
import type { RecordRequest } from './request.commands.js';
import { requestShapes } from './request.events.js';
import { ask, request, withdraw, type Request } from './request.js';

const inCartons = { sizes: new Map([['MASK/carton', 2_000]]) };

const asking = (command: Partial<RecordRequest>, ...facts: Fact[]) =>
  given(request, facts).when((state) => ask(relief.request(command), state, inCartons));
const withdrawing = (...facts: Fact[]) => given(request, facts).when((state) => withdraw(relief.withdrawal(), state));

describe('a need nobody has stated', () => {
  it('is recorded', () => {
    asking({}).then([relief.requested()]);
  });

  it('names who asks, when that is known', () => {
    asking({ requester: relief.RECIPIENT }).then([relief.requested({ requester: relief.RECIPIENT })]);
  });

  it('is kept in base units beside the pack it was asked in', () => {
    const pack = { name: 'carton', holds: 2_000 };
    asking({ quantity: 3, pack: 'carton' }).then([relief.requested({ quantity: 6_000, pack })]);
  });

  it('is not asked in packs the item does not come in', () => {
    asking({ pack: 'pallet' }).thenInvalid('lines.pack');
  });

  it('cannot be withdrawn', () => {
    withdrawing().thenUnknown('request');
    withdrawing(relief.requested(), relief.corrected('test@0')).thenUnknown('request');
  });

  it('is recorded once by a command given twice under one id', async () => {
    const decide = (state: Request) => ask(relief.request(), state, inCartons);
    expect(await givenTwice(request, requestShapes, [], decide)).toEqual([1, 0]);
  });
});

describe('a stated need', () => {
  it('makes nothing of the same words', () => {
    asking({}, relief.requested()).thenNothing();
  });

  it('is the same in packs and in base units', () => {
    asking({ quantity: 3, pack: 'carton' }, relief.requested({ quantity: 6_000 })).thenNothing();
  });

  it.each([{ country: 'ES' }, { item: 'VENTILATOR' }, { quantity: 601 }, { neededBy: '2020-04-01' }])(
    'is not stated otherwise under the same number: %j',
    (other) => asking(other, relief.requested()).thenRefused('REQUEST_EXISTS'),
  );

  it('is compared as it was restated', () => {
    const restated = [relief.requested(), relief.corrected('test@0', relief.requested({ quantity: 700 }))];
    asking({ quantity: 700 }, ...restated).thenNothing();
    asking({ quantity: 600 }, ...restated).thenRefused('REQUEST_EXISTS');
  });

  it('is withdrawn, with the reason in the note', () => {
    given(request, [relief.requested()])
      .when((state) => withdraw(relief.withdrawal({ note: 'bought elsewhere' }), state))
      .then([relief.withdrawn({ note: 'bought elsewhere' })]);
  });
});

describe('a withdrawn need', () => {
  it('is not withdrawn twice', () => {
    withdrawing(relief.requested(), relief.withdrawn()).thenNothing();
  });

  it('is open again when the withdrawal was voided', () => {
    withdrawing(relief.requested(), relief.withdrawn(), relief.corrected('test@1')).then([relief.withdrawn()]);
  });

  it('keeps its number', () => {
    asking({ quantity: 601 }, relief.requested(), relief.withdrawn()).thenRefused('REQUEST_EXISTS');
  });
});
