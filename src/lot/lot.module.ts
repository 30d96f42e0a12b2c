// lot: the command table.
import { Module } from '@nestjs/common';
import type { References } from '../nest/references.js';
import { corrects, runs, type Room } from '../nest/room.js';
import { CorrectLotEntry, HoldLot, RecallLot, ReleaseLot } from './lot.commands.js';
import { LotController } from './lot.controller.js';
import * as rules from './lot.js';

const known = ({ item }: { item: string }, ask: References) => ask.item(item);

export const lotRoom: Room = {
  name: 'lot',
  decider: rules.lot,
  rows: [
    runs({ command: HoldLot, id: ({ item, lot }) => `${item}/${lot}`, context: known, decide: rules.hold }),
    runs({ command: RecallLot, id: ({ item, lot }) => `${item}/${lot}`, context: known, decide: rules.recall }),
    runs({ command: ReleaseLot, id: ({ item, lot }) => `${item}/${lot}`, context: known, decide: rules.release }),
  ],
  correction: corrects({
    command: CorrectLotEntry,
    id: ({ item, lot }) => `${item}/${lot}`,
  }),
};

@Module({ controllers: [LotController] })
export class LotModule {}
