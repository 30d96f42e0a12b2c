// consignment: the command table.
import { Module } from '@nestjs/common';
import { Invalid } from '../kernel/errors.js';
import { referenceFor } from '../kernel/identifiers.js';
import type { References } from '../nest/references.js';
import { corrects, runs, type Room } from '../nest/room.js';
import {
  CorrectConsignmentEntry,
  DispatchConsignment,
  RecordArrival,
  RecordDelivery,
  RecordFound,
  RecordLoss,
  RecordReceipt,
} from './consignment.commands.js';
import { ConsignmentController } from './consignment.controller.js';
import * as rules from './consignment.js';
import { dispatch, type DispatchContext } from './dispatch.js';

export const consignmentRoom: Room = {
  name: 'consignment',
  decider: rules.consignment,
  rows: [
    runs({
      command: DispatchConsignment,
      id: ({ consignment }) => consignment,
      name: (command, commandId) => (command.consignment = referenceFor('CON', commandId)),
      context: dispatchContext,
      decide: dispatch,
      turn: ({ from }) => `stock of ${from}`,
    }),
    runs({
      command: RecordArrival,
      id: ({ consignment }) => consignment,
      context: ({ place }, ask) => ask.place(place),
      decide: rules.arrive,
    }),
    runs({ command: RecordReceipt, id: ({ consignment }) => consignment, context: atHub, decide: rules.receive }),
    runs({
      command: RecordDelivery,
      id: ({ consignment }) => consignment,
      context: async ({ recipient, country, lines }, ask) => {
        await ask.organisation(recipient);
        await ask.lines(lines);
        if (country) await ask.place(country);
      },
      decide: rules.deliver,
    }),
    runs({
      command: RecordLoss,
      id: ({ consignment }) => consignment,
      context: ({ lines }, ask) => ask.lines(lines),
      decide: rules.lose,
    }),
    runs({
      command: RecordFound,
      id: ({ consignment }) => consignment,
      context: async ({ hub, lines }, ask) => (hub ? atHub({ hub, lines }, ask) : ask.lines(lines)),
      decide: rules.find,
    }),
  ],
  correction: corrects({
    command: CorrectConsignmentEntry,
    id: ({ consignment }) => consignment,
    about: (consignment) => ({ consignment }),
  }),
};

async function dispatchContext(command: DispatchConsignment, ask: References): Promise<DispatchContext> {
  const from = await ask.place(command.from);
  const to = await ask.place(command.to);
  await ask.lines(command.lines);
  await ask.destinations(command.lines.map(({ destination }) => destination));
  return from.kind === 'hub' ? { to, stock: await ask.stock(from.place) } : { to };
}

async function atHub(
  { hub, lines }: Pick<RecordReceipt, 'hub' | 'lines'> | Pick<RecordFound, 'hub' | 'lines'>,
  ask: References,
) {
  const place = await ask.place(hub!);
  if (place.kind !== 'hub') {
    throw new Invalid([
      { field: 'hub', rule: `must be a hub, ${place.place} is registered as ${place.kind}`, value: hub },
    ]);
  }
  await ask.lines(lines);
}

@Module({ controllers: [ConsignmentController] })
export class ConsignmentModule {}
