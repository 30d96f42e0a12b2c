// nest: what every new log starts with: relief items, hubs, and the countries of ISO 3166-1.
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import type { Command } from '../kernel/command.js';
import { RegisterItem, RegisterPlace } from '../catalogue/catalogue.commands.js';

const FOLDER = new URL('../../data/catalogue/', import.meta.url);
/** The catalogue's edition: what it registers is known since then. */
const EDITION = '2020-01-01';

/** The commands that register the default catalogue, in no particular order. */
export function defaultCatalogue(): Command[] {
  const items = read('items.csv').map(({ item, name, unit, packs }) =>
    Object.assign(new RegisterItem(), { happenedAt: EDITION, item, name, unit, packs: packsOf(packs!) }),
  );
  const places = [...read('places.csv'), ...read('countries.csv')].map(
    ({ place, name, kind = 'country', country, regions }) =>
      Object.assign(new RegisterPlace(), { happenedAt: EDITION, place, name, kind, country, regions: listOf(regions) }),
  );
  return [...items, ...places];
}

function read(file: string): Record<string, string | undefined>[] {
  return parse(readFileSync(new URL(file, FOLDER)), { columns: true, bom: true, skip_empty_lines: true });
}

function packsOf(text: string) {
  return listOf(text).map((pack) => {
    const [name, holds] = pack.split('=');
    return { name, holds: Number(holds) };
  });
}

function listOf(text = ''): string[] {
  return text.split('|').filter(Boolean);
}
