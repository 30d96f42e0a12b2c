// catalogue: the command table.
import { Module } from '@nestjs/common';
import type { References } from '../nest/references.js';
import { corrects, runs, type Room } from '../nest/room.js';
import { CatalogueController } from './catalogue.controller.js';
import {
  AmendItem,
  AmendOrganisation,
  AmendPlace,
  AmendRoute,
  CorrectCatalogueEntry,
  RegisterItem,
  RegisterOrganisation,
  RegisterPlace,
  RegisterRoute,
} from './catalogue.commands.js';
import * as rules from './catalogue.js';

const nothing = async () => ({});

async function ends({ from, to }: RegisterRoute, ask: References) {
  await ask.place(from);
  await ask.place(to);
  return {};
}

export const catalogueRoom: Room = {
  name: 'catalogue',
  decider: rules.catalogue,
  rows: [
    runs({ command: RegisterItem, id: ({ item }) => `item-${item}`, context: nothing, decide: rules.registerItem }),
    runs({ command: AmendItem, id: ({ item }) => `item-${item}`, context: nothing, decide: rules.amendItem }),
    runs({
      command: RegisterPlace,
      id: ({ place }) => `place-${place}`,
      context: nothing,
      decide: rules.registerPlace,
    }),
    runs({ command: AmendPlace, id: ({ place }) => `place-${place}`, context: nothing, decide: rules.amendPlace }),
    runs({
      command: RegisterOrganisation,
      id: ({ organisation }) => `organisation-${organisation}`,
      context: nothing,
      decide: rules.registerOrganisation,
    }),
    runs({
      command: AmendOrganisation,
      id: ({ organisation }) => `organisation-${organisation}`,
      context: nothing,
      decide: rules.amendOrganisation,
    }),
    runs({
      command: RegisterRoute,
      id: ({ from, to }) => `route-${from}/${to}`,
      context: ends,
      decide: rules.registerRoute,
    }),
    runs({ command: AmendRoute, id: ({ from, to }) => `route-${from}/${to}`, context: ends, decide: rules.amendRoute }),
  ],
  correction: corrects({
    command: CorrectCatalogueEntry,
    id: ({ kind, id }) => `${kind}-${id}`,
  }),
};

@Module({ controllers: [CatalogueController] })
export class CatalogueModule {}
