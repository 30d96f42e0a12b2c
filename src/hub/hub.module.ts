// hub: the command table.
import { Module } from '@nestjs/common';
import { isCountry } from '../goods-ledger/destination.js';
import type { References } from '../nest/references.js';
import { corrects, runs, type Room } from '../nest/room.js';
import { AllocateStock, CorrectHubEntry, ReleaseAllocation } from './hub.commands.js';
import { HubController } from './hub.controller.js';
import * as rules from './hub.js';

const turn = ({ hub }: { hub: string }) => `stock of ${hub}`;

export const hubRoom: Room = {
  name: 'hub',
  decider: rules.hub,
  rows: [
    runs({ command: AllocateStock, id: ({ hub }) => hub, context: stockContext, decide: rules.allocate, turn }),
    runs({ command: ReleaseAllocation, id: ({ hub }) => hub, context: stockContext, decide: rules.release, turn }),
  ],
  correction: corrects({ command: CorrectHubEntry, id: ({ hub }) => hub, about: (hub) => ({ hub }) }),
};

async function stockContext(command: AllocateStock | ReleaseAllocation, ask: References): Promise<rules.StockContext> {
  const { hub, item, from, to } = command;
  await ask.place(hub);
  await ask.item(item);
  await ask.destinations([from, to]);
  const regions = to && isCountry(to) ? (await ask.place(to)).regions : [];
  return { stock: await ask.stock(hub), regions };
}

@Module({ controllers: [HubController] })
export class HubModule {}
