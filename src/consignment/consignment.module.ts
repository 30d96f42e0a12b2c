// consignment: the command table.
import { Module } from '@nestjs/common';
import { Invalid } from '../kernel/errors.js';
import { referenceFor } from '../kernel/identifiers.js';
import type { References } from '../nest/references.js';
import { corrects, runs, type Room } from '../nest/room.js';
import {
  CloseConsignment,
  CorrectConsignmentEntry,
  DispatchConsignment,
  RecordArrival,
  RecordDelivery,
  RecordFound,
  RecordLoss,
  RecordReceipt,
  RecordReturn,
} from './consignment.commands.js';
import { ConsignmentController } from './consignment.controller.js';
import { close, consignment } from './consignment.js';
import {
  RecordCustomsClearance,
  RecordCustomsEntry,
  RecordCustomsHold,
  RecordCustomsRefusal,
} from './customs.commands.js';
import { CustomsController } from './customs.controller.js';
import * as customs from './customs.js';
import { dispatch, type DispatchContext } from './dispatch.js';
import * as facts from './field-facts.js';

export const consignmentRoom: Room = {
  name: 'consignment',
  decider: consignment,
  rows: [
    runs({
      command: DispatchConsignment,
      id: ({ consignment }) => consignment,
      name: (command, commandId) => (command.consignment = referenceFor('CON', commandId)),
      context: dispatchContext,
      decide: dispatch,
      turn: ({ from }, ask) => (ask.mayBeHub(from) ? `stock of ${from}` : undefined),
    }),
    runs({
      command: RecordArrival,
      id: ({ consignment }) => consignment,
      context: ({ place }, ask) => ask.place(place),
      decide: facts.arrive,
    }),
    runs({
      command: RecordReceipt,
      id: ({ consignment }) => consignment,
      context: async ({ hub, lines, attachments }, ask) => {
        return { ...(await atHub(hub, lines, ask)), attachments: ask.attachments(attachments) };
      },
      decide: facts.receive,
    }),
    runs({
      command: RecordDelivery,
      id: ({ consignment }) => consignment,
      context: async ({ recipient, country, lines, attachments }, ask) => {
        await ask.organisation(recipient);
        if (country) await ask.place(country);
        return { ...(await ask.lines(lines)), attachments: ask.attachments(attachments) };
      },
      decide: facts.deliver,
    }),
    runs({
      command: RecordLoss,
      id: ({ consignment }) => consignment,
      context: ({ lines }, ask) => ask.lines(lines),
      decide: facts.lose,
    }),
    runs({
      command: RecordFound,
      id: ({ consignment }) => consignment,
      context: ({ hub, lines }, ask) => (hub ? atHub(hub, lines, ask) : ask.lines(lines)),
      decide: facts.find,
    }),
    runs({
      command: RecordReturn,
      id: ({ consignment }) => consignment,
      context: ({ hub, lines }, ask) => (hub ? atHub(hub, lines, ask) : ask.lines(lines)),
      decide: facts.giveBack,
    }),
    runs({
      command: CloseConsignment,
      id: ({ consignment }) => consignment,
      context: async () => ({}),
      decide: close,
    }),
    runs({
      command: RecordCustomsEntry,
      id: ({ consignment }) => consignment,
      context: declaration,
      decide: customs.declare,
    }),
    runs({
      command: RecordCustomsHold,
      id: ({ consignment }) => consignment,
      context: ({ place }, ask) => ask.place(place),
      decide: customs.hold,
    }),
    runs({
      command: RecordCustomsClearance,
      id: ({ consignment }) => consignment,
      context: declaration,
      decide: customs.clear,
    }),
    runs({
      command: RecordCustomsRefusal,
      id: ({ consignment }) => consignment,
      context: ({ place }, ask) => ask.place(place),
      decide: customs.refuse,
    }),
  ],
  correction: corrects({
    command: CorrectConsignmentEntry,
    id: ({ consignment }) => consignment,
  }),
};

async function dispatchContext(command: DispatchConsignment, ask: References): Promise<DispatchContext> {
  const from = await ask.place(command.from);
  const to = await ask.place(command.to);
  const { sizes } = await ask.lines(command.lines);
  await ask.destinations(command.lines.map(({ destination }) => destination));
  return from.kind === 'hub' ? { to, sizes, stock: await ask.stock(from.place) } : { to, sizes };
}

async function atHub(hub: string, lines: readonly { item: string; donation?: string }[], ask: References) {
  const { kind } = await ask.place(hub);
  if (kind !== 'hub')
    throw new Invalid([{ field: 'hub', rule: `must be a hub, ${hub} is registered as ${kind}`, value: hub }]);
  return ask.lines(lines);
}

async function declaration({ place, lines = [] }: RecordCustomsEntry, ask: References) {
  await ask.place(place);
  await ask.lines(lines);
  return {};
}

@Module({ controllers: [ConsignmentController, CustomsController] })
export class ConsignmentModule {}
