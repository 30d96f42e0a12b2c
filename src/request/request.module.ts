// request: the command table.
import { Module } from '@nestjs/common';
import { referenceFor } from '../kernel/identifiers.js';
import { corrects, runs, type Room } from '../nest/room.js';
import { CorrectRequestEntry, RecordRequest, WithdrawRequest } from './request.commands.js';
import { RequestController } from './request.controller.js';
import * as rules from './request.js';

export const requestRoom: Room = {
  name: 'request',
  decider: rules.request,
  rows: [
    runs({
      command: RecordRequest,
      id: ({ request }) => request,
      name: (command, commandId) => (command.request = referenceFor('REQ', commandId)),
      context: async (command, ask) => {
        await ask.place(command.country);
        if (command.requester) await ask.organisation(command.requester);
        return ask.lines([command]);
      },
      decide: rules.ask,
    }),
    runs({ command: WithdrawRequest, id: ({ request }) => request, context: async () => ({}), decide: rules.withdraw }),
  ],
  correction: corrects({
    command: CorrectRequestEntry,
    id: ({ request }) => request,
  }),
};

@Module({ controllers: [RequestController] })
export class RequestModule {}
