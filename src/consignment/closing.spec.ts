// consignment: the rule book of going back and of coming to an end.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { givenTwice } from '../../test/support/twice.js';
import type { Fact } from '../kernel/recorded.js';
import type { RecordReturn } from './consignment.commands.js';
import { consignmentShapes } from './consignment.events.js';
import { close, consignment, type Consignment } from './consignment.js';
import { giveBack } from './field-facts.js';

const { goods, handed } = relief;

const returning = (command: Partial<RecordReturn>, ...facts: Fact[]) =>
  given(consignment, facts).when((state) => giveBack(relief.handBack(command), state, relief.IN_PIECES));
const closing = (...facts: Fact[]) => given(consignment, facts).when((state) => close(relief.closing(), state));

const sent = relief.dispatchedToItaly();
const takenIn = (accepted: number, rejected = 0) => relief.delivered({ lines: [handed({ accepted, rejected })] });

describe('goods of a consignment', () => {
  it('go back to the donor when no hub is named', () => {
    returning({}, sent).then([relief.returned()]);
  });

  it('go back into the stock of a hub', () => {
    returning({ hub: relief.HUB }, sent).then([relief.returned({ hub: relief.HUB })]);
  });

  it('go back rejected ones first', () => {
    const books = given(consignment, [sent, takenIn(400, 20), relief.returned({ lines: [goods({ quantity: 20 })] })]);
    books
      .when((state) => giveBack(relief.handBack({ lines: [{ item: 'MASK', quantity: 61 }] }), state, relief.IN_PIECES))
      .thenContradicts({ beyond: [{ ...goods(), quantity: 1 }] });
  });

  it('go back with their lot, expiry and serial numbers', () => {
    const details = { lot: 'L1', expiry: '2022-06-30', serials: ['SN-1'] };
    returning({ lines: [{ item: 'MASK', quantity: 8, ...details }] }, sent).then([
      relief.returned({ lines: [{ ...goods({ quantity: 8 }), ...details }] }),
    ]);
  });

  it('have no more serial numbers than pieces', () => {
    returning({ lines: [{ item: 'MASK', quantity: 1, serials: ['SN-1', 'SN-2'] }] }, sent).thenInvalid('lines.serials');
  });

  it('do not go back beyond what is there, unless that is confirmed', () => {
    const lines = [{ item: 'MASK', quantity: 481 }];
    returning({ lines }, sent).thenContradicts({ beyond: [{ ...goods(), quantity: 1 }] });
    returning({ lines, contradiction: 'confirmed', note: 'counted at the airport' }, sent).then([
      relief.returned({
        lines: [goods({ quantity: 481 })],
        contradiction: 'confirmed',
        note: 'counted at the airport',
      }),
    ]);
    returning({ lines, contradiction: 'confirmed' }, sent).thenInvalid('note');
  });

  it('of a consignment nobody has heard of do not go back', () => {
    returning({}).thenUnknown('consignment');
  });

  it('go back once by a command given twice under one id', async () => {
    const decide = (state: Consignment) => giveBack(relief.handBack(), state, relief.IN_PIECES);
    expect(await givenTwice(consignment, consignmentShapes, [sent], decide)).toEqual([1, 0]);
  });
});

describe('a consignment', () => {
  it.each<[string, Fact[]]>([
    ['delivered whole', [sent, takenIn(480)]],
    ['delivered and lost', [sent, takenIn(472), relief.lost()]],
    ['rejected and returned', [sent, takenIn(472, 8), relief.returned()]],
    ['counted whole', [relief.dispatched(), relief.received()]],
    [
      'counted, with a gap that was explained',
      [relief.dispatched(), relief.received({ lines: [relief.counted({ good: 472 })] }), relief.lost()],
    ],
    [
      'dispatched by mistake, and said to have arrived',
      [relief.dispatched(), relief.arrived(), relief.corrected('test@0')],
    ],
  ])('is closed when it was %s', (_how, facts) => closing(...facts).then([relief.closed()]));

  it.each<[string, Fact[]]>([
    ['are under way', [sent]],
    ['are under way, all but the last', [sent, takenIn(479)]],
    ['were rejected', [sent, takenIn(472, 8)]],
    ['are missing', [relief.dispatched(), relief.received({ lines: [relief.counted({ good: 472 })] })]],
    ['were too many', [sent, takenIn(481)]],
  ])('is not closed while pieces %s', (_why, facts) => closing(...facts).thenRefused('BALANCE_OPEN'));

  it('is closed once', () => {
    closing(sent, takenIn(480), relief.closed()).thenNothing();
  });

  it('is open again when the closure was voided', () => {
    closing(sent, takenIn(480), relief.closed(), relief.corrected('test@2')).then([relief.closed()]);
  });

  it('is not closed when nobody has heard of it', () => {
    closing().thenUnknown('consignment');
  });

  it('is closed once by a command given twice under one id', async () => {
    const decide = (state: Consignment) => close(relief.closing(), state);
    expect(await givenTwice(consignment, consignmentShapes, [sent, takenIn(480)], decide)).toEqual([1, 0]);
  });
});

describe('a closed consignment', () => {
  it('takes facts and corrections as before: reality does not wait', () => {
    returning({}, sent, takenIn(472, 8), relief.closed()).then([relief.returned()]);
  });
});
