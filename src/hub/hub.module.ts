// hub: the command table.
import { Module } from '@nestjs/common';
import { isCountry } from '../goods-ledger/destination.js';
import { Invalid } from '../kernel/errors.js';
import type { References } from '../nest/references.js';
import { corrects, runs, type Room } from '../nest/room.js';
import { AllocateStock, CorrectHubEntry, CountStock, ReleaseAllocation, WriteOffStock } from './hub.commands.js';
import { HubController } from './hub.controller.js';
import * as rules from './hub.js';
import { count } from './stocktake.js';

const turn = ({ hub }: { hub: string }) => `stock of ${hub}`;

export const hubRoom: Room = {
  name: 'hub',
  decider: rules.hub,
  rows: [
    runs({
      command: AllocateStock,
      id: ({ hub }) => hub,
      context: earmarks,
      decide: rules.allocate,
      turn,
    }),
    runs({
      command: ReleaseAllocation,
      id: ({ hub }) => hub,
      context: earmarks,
      decide: rules.release,
      turn,
    }),
    runs({
      command: CountStock,
      id: ({ hub }) => hub,
      context: stocktake,
      decide: count,
      turn,
    }),
    runs({
      command: WriteOffStock,
      id: ({ hub }) => hub,
      context: writeOff,
      decide: rules.writeOff,
      turn,
    }),
  ],
  correction: corrects({ command: CorrectHubEntry, id: ({ hub }) => hub }),
};

async function earmarks(command: AllocateStock | ReleaseAllocation, ask: References): Promise<rules.StockContext> {
  const { from, to } = command;
  await ask.destinations([from, to]);
  const regions = to && isCountry(to) ? (await ask.place(to)).regions : [];
  return atHub(command.hub, [command], regions, ask);
}

async function stocktake({ hub, lines }: CountStock, ask: References): Promise<rules.StockContext> {
  await ask.destinations(lines.map(({ earmark }) => earmark));
  return atHub(hub, lines, [], ask);
}

async function writeOff(command: WriteOffStock, ask: References): Promise<rules.StockContext> {
  await ask.destinations([command.earmark]);
  return atHub(command.hub, [command], [], ask);
}

async function atHub(
  hub: string,
  lines: readonly { item: string; donation?: string }[],
  regions: readonly string[],
  ask: References,
): Promise<rules.StockContext> {
  const { kind } = await ask.place(hub);
  if (kind !== 'hub')
    throw new Invalid([{ field: 'hub', rule: `must be a hub, ${hub} is registered as ${kind}`, value: hub }]);
  const sizes = await ask.lines(lines);
  const stock = await ask.holdings('atHub', hub);
  const damaged = await ask.holdings('damaged', hub);
  const unexplained = await ask.holdings('unexplained', hub);
  return { ...sizes, stock, damaged, unexplained, regions };
}

@Module({ controllers: [HubController] })
export class HubModule {}
