// duty relief: who got the goods of a consignment.
import { account, type Account } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import { handedTo } from './handed-to.js';

const donor = account('donor', 'D-1', 'undecided');
const on = (consignment: string, destination = 'undecided') => account('inTransit', consignment, destination);
const at = (hub: string, destination = 'undecided') => account('atHub', hub, destination);
const heldBy = (recipient: string, country: string) => account('deliveredConfirmed', recipient, country);

let position = 0;
const moved = (stream: string, from: Account, to: Account, quantity: number, lot = ''): MovementRow => ({
  ...{ stream, from, to, quantity, item: 'MASK', donation: 'D-1', lot, position: ++position, about: position },
  ...{ happened: 0, reported: 0, recorded: 0 },
});
const flown = (consignment: string, hub: string, quantity: number) => [
  moved(`consignment-${consignment}`, donor, on(consignment), quantity),
  moved(`consignment-${consignment}`, on(consignment), at(hub), quantity),
];
const onward = (consignment: string, hub: string, country: string, quantity: number, earmark = 'undecided') =>
  moved(`consignment-${consignment}`, at(hub, earmark), on(consignment, country), quantity);
const handed = (consignment: string, recipient: string, country: string, quantity: number) =>
  moved(`consignment-${consignment}`, on(consignment, country), heldBy(recipient, country), quantity);

it('goods under way are for their destination', () => {
  expect(handedTo([moved('consignment-C-1', donor, on('C-1', 'ES'), 100)])('C-1')).toEqual({
    recipients: [],
    destinations: ['ES'],
  });
});

it('goods that were delivered straight are with their recipients', () => {
  const movements = [
    moved('consignment-C-1', donor, on('C-1', 'ES'), 100),
    handed('C-1', 'HOSPITAL', 'ES', 60),
    handed('C-1', 'MINISTRY', 'ES', 40),
  ];

  expect(handedTo(movements)('C-1')).toEqual({
    recipients: [
      { organisation: 'HOSPITAL', country: 'ES', quantity: 60 },
      { organisation: 'MINISTRY', country: 'ES', quantity: 40 },
    ],
    destinations: [],
  });
});

it('goods are followed through hubs; what is allocated waits for its country', () => {
  const movements = [
    ...flown('C-1', 'BELGG', 100),
    moved('hub-BELGG', at('BELGG'), at('BELGG', 'FR'), 30),
    onward('C-2', 'BELGG', 'IT', 70),
    moved('consignment-C-2', on('C-2', 'IT'), at('ITMXP', 'IT'), 70),
    onward('C-3', 'ITMXP', 'IT', 70, 'IT'),
    handed('C-3', 'RED-CROSS', 'IT', 70),
  ];

  expect(handedTo(movements)('C-1')).toEqual({
    recipients: [{ organisation: 'RED-CROSS', country: 'IT', quantity: 70 }],
    destinations: ['FR'],
  });
});

it('other goods, and goods that never came to the hub, are not among them', () => {
  const movements = [
    ...flown('C-1', 'BELGG', 100),
    ...flown('C-9', 'ETADD', 100),
    onward('C-10', 'ETADD', 'SN', 100),
    handed('C-10', 'MINISTRY', 'SN', 100),
    moved('consignment-C-11', at('BELGG'), on('C-11', 'FR'), 5, 'L-1'),
  ];

  expect(handedTo(movements)('C-1')).toEqual({ recipients: [], destinations: ['undecided'] });
});

it('a receipt that was corrected away leads nowhere', () => {
  const [sent, received] = flown('C-1', 'BELGG', 100) as [MovementRow, MovementRow];
  const undone = { ...received, from: received.to, to: received.from };
  const movements = [sent, received, undone, ...flown('C-2', 'BELGG', 50), onward('C-3', 'BELGG', 'IT', 50)];

  expect(handedTo([...movements, handed('C-3', 'RED-CROSS', 'IT', 50)])('C-1')).toEqual({
    recipients: [],
    destinations: ['undecided'],
  });
});
