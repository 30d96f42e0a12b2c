// catalogue: the rules of naming things. registered → amended …
import { documented } from '../kernel/documented.js';
import type { Decider } from '../kernel/decider.js';
import { Refused, Unknown } from '../kernel/errors.js';
import type {
  AmendItem,
  AmendOrganisation,
  AmendPlace,
  AmendRoute,
  RegisterItem,
  RegisterOrganisation,
  RegisterPlace,
  RegisterRoute,
} from './catalogue.commands.js';
import type { CatalogueFact, Item, Organisation, Place, Route } from './catalogue.events.js';

type Thing = Item | Place | Organisation | Route;

/** What the latest fact says of the thing, documents left out. */
export type Entry = { readonly status: 'none' } | { readonly status: 'registered'; readonly thing: Thing };

export const catalogue: Decider<Entry, CatalogueFact> = {
  initial: { status: 'none' },
  evolve(_state, { data: { note: _note, source: _source, ...thing } }) {
    return { status: 'registered', thing: thing };
  },
};

// Decisions

export function registerItem(command: RegisterItem, state: Entry): CatalogueFact[] {
  const data = { ...item(command), ...documented(command) };
  return isNew(state, item(command), command.item) ? [{ type: 'ItemRegistered', data }] : [];
}

export function amendItem(command: AmendItem, state: Entry): CatalogueFact[] {
  const data = { ...item(command), ...documented(command) };
  return isChange(state, item(command), 'item', command.item) ? [{ type: 'ItemAmended', data }] : [];
}

export function registerPlace(command: RegisterPlace, state: Entry): CatalogueFact[] {
  const data = { ...place(command), ...documented(command) };
  return isNew(state, place(command), command.place) ? [{ type: 'PlaceRegistered', data }] : [];
}

export function amendPlace(command: AmendPlace, state: Entry): CatalogueFact[] {
  const data = { ...place(command), ...documented(command) };
  return isChange(state, place(command), 'place', command.place) ? [{ type: 'PlaceAmended', data }] : [];
}

export function registerOrganisation(command: RegisterOrganisation, state: Entry): CatalogueFact[] {
  const data = { ...organisation(command), ...documented(command) };
  return isNew(state, organisation(command), command.organisation) ? [{ type: 'OrganisationRegistered', data }] : [];
}

export function amendOrganisation(command: AmendOrganisation, state: Entry): CatalogueFact[] {
  const data = { ...organisation(command), ...documented(command) };
  return isChange(state, organisation(command), 'organisation', command.organisation)
    ? [{ type: 'OrganisationAmended', data }]
    : [];
}

export function registerRoute(command: RegisterRoute, state: Entry): CatalogueFact[] {
  const data = { ...route(command), ...documented(command) };
  return isNew(state, route(command), route(command).route) ? [{ type: 'RouteRegistered', data }] : [];
}

export function amendRoute(command: AmendRoute, state: Entry): CatalogueFact[] {
  const data = { ...route(command), ...documented(command) };
  return isChange(state, route(command), 'route', data.route) ? [{ type: 'RouteAmended', data }] : [];
}

function isNew(state: Entry, thing: object, id: string): boolean {
  if (state.status === 'none') return true;
  if (same(state.thing, thing)) return false;
  throw new Refused(
    'ALREADY_REGISTERED',
    `${id} is registered with another description. Amend it, or choose another reference.`,
    {
      registered: state.thing,
    },
  );
}

function isChange(state: Entry, thing: object, kind: string, id: string): boolean {
  if (state.status === 'none') throw new Unknown(kind, id, 'Register it first.');
  return !same(state.thing, thing);
}

function item({ item, name, unit, packs = [] }: RegisterItem): Item {
  return { item, name, unit, packs: packs.map(({ name, holds }) => ({ name, holds })) };
}

function place({ place, name, kind, country, regions = [] }: RegisterPlace): Place {
  return { place, name, kind, country, regions };
}

function organisation({ organisation, name, country }: RegisterOrganisation): Organisation {
  return { organisation, name, ...(country && { country }) };
}

function route({ from, to, targetHours }: RegisterRoute): Route {
  return { route: `${from}/${to}`, from, to, targetHours };
}

function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
