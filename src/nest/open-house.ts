// nest: what happens before anybody is served: the default catalogue stands, the views have caught up.
import type { INestApplicationContext } from '@nestjs/common';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import type { RegisterItem, RegisterPlace } from '../catalogue/catalogue.commands.js';
import { defaultCatalogue } from './default-catalogue.js';
import type { Command } from '../kernel/command.js';
import { Refused } from '../kernel/errors.js';
import type { OnBuilding } from '../store/build-views.js';
import { STORES, type Stores } from '../store/stores.js';
import { circumstances, ordered } from './circumstances.js';
import { Clerk } from './clerk.js';

/** Brings the views up to date, then registers whatever of the default catalogue is missing. */
export async function prepare(app: INestApplicationContext, onBuilding?: OnBuilding): Promise<void> {
  const { projector, rebuilding } = app.get<Stores>(STORES);
  await (rebuilding ? rebuilding.upToDate(onBuilding) : projector.catchUp());
  const catalogue = app.get(CatalogueView);
  const missing = defaultCatalogue().filter((command) => !catalogue.one(kindOf(command), idOf(command)));
  await Promise.all(missing.map((command) => register(app.get(Clerk), command)));
  await projector.catchUp();
}

async function register(clerk: Clerk, command: Command): Promise<void> {
  const commandId = `default-catalogue/${kindOf(command)}/${idOf(command)}`;
  const given = circumstances({ actor: { id: 'relief', role: 'system' }, channel: 'system', commandId });
  try {
    await clerk.record([ordered(command, { circumstances: given })]);
  } catch (error) {
    // The organisation voided or changed this entry: its word counts.
    if (!(error instanceof Refused)) throw error;
  }
}

function kindOf(command: Command): 'item' | 'place' {
  return 'place' in command ? 'place' : 'item';
}

function idOf(command: Command): string {
  return 'place' in command ? (command as RegisterPlace).place : (command as RegisterItem).item;
}
