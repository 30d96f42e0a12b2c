// exchange: the form of a mapping file, checked before anything is read with it.
import { IANAZone } from 'luxon';
import { Invalid, type Problem } from '../kernel/errors.js';
import { FACT_WORDS, IDENTITY, VOID, columnsOf, type Column } from './forms.js';
import { nearest } from './nearest.js';
import type { NumberForm } from './whole-number.js';
import { ENCODINGS, type Encoding } from './text.js';

/** A constant or a template with {column names}, or a rule. */
export type CellRule = string | CellSteps;

export interface CellSteps {
  /** One of the two says where the text comes from. */
  readonly column?: string;
  readonly template?: string;
  /** Instead of an empty text; not cleaned any further. */
  readonly default?: string;
  readonly map?: string;
  readonly number?: true | NumberForm;
  /** Luxon formats, the first that fits counts. */
  readonly dates?: readonly string[];
  readonly timeZone?: string;
  readonly reference?: true;
}

export interface Condition {
  readonly column: string;
  readonly is?: string | readonly string[];
  readonly isNot?: string | readonly string[];
  /** A regular expression. */
  readonly matches?: string;
}

export interface FactRule {
  readonly fact: string;
  /** Distinguishes the facts of one source row; its key is `key/as`. */
  readonly as?: string;
  /** Many source rows state it; it is sent once. */
  readonly once?: boolean;
  /** All of them must hold. */
  readonly when?: Condition | readonly Condition[];
  readonly columns: Readonly<Partial<Record<Column, CellRule>>>;
}

export interface ValueMap {
  readonly values: Readonly<Record<string, string>>;
  /** For texts that are not listed; without it they are that row's problem. */
  readonly otherwise?: string;
}

export interface Mapping {
  readonly name: string;
  readonly encoding?: Encoding;
  readonly delimiter?: string;
  readonly timeZone?: string;
  readonly key?: string;
  readonly facts: readonly FactRule[];
  readonly maps?: Readonly<Record<string, ValueMap>>;
}

/** Throws `Invalid` naming every fault by its path in the file. */
export function checkMapping(value: unknown): Mapping {
  const check = new Check();
  mapping(check, value);
  if (check.faults.length > 0) throw new Invalid(check.faults);
  return value as Mapping;
}

class Check {
  readonly faults: Problem[] = [];

  fault(field: string, rule: string, value?: unknown): void {
    this.faults.push({ field, rule, ...(value !== undefined && { value }) });
  }

  text(field: string, value: unknown, fits = /[^]/, rule = 'must be a text that is not empty'): value is string {
    if (typeof value === 'string' && fits.test(value)) return true;
    this.fault(field, rule, value);
    return false;
  }

  oneOf(field: string, value: unknown, known: readonly string[]): boolean {
    const fits = known.includes(value as string);
    if (!fits) this.fault(field, `must be one of ${known.join(', ')}`, value);
    return fits;
  }

  /** An object with known properties only; undefined, and a fault, for anything else. */
  object(field: string, value: unknown, known?: readonly string[]): Record<string, unknown> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fault(field, 'must be an object { … }', value);
      return undefined;
    }
    for (const name of Object.keys(value)) {
      if (known && !known.includes(name))
        this.fault(join(field, name), `is not known here; did you mean ${nearest(name, known)}?`);
    }
    return value as Record<string, unknown>;
  }
}

function join(path: string, name: string): string {
  return path === 'mapping' ? name : `${path}.${name}`;
}

function mapping(check: Check, value: unknown): void {
  const file = check.object('mapping', value, ['name', 'encoding', 'delimiter', 'timeZone', 'key', 'facts', 'maps']);
  if (!file) return;
  check.text('name', file.name, /^[a-z0-9][a-z0-9-]{1,39}$/, 'must be 2 to 40 small letters, digits or hyphens');
  if (file.name === 'logbook') check.fault('name', 'must not be that of the plain logbook', file.name);
  if (file.encoding !== undefined) check.oneOf('encoding', file.encoding, ENCODINGS);
  if (file.delimiter !== undefined)
    check.text('delimiter', file.delimiter, /^[^]$/, 'must be one character, such as ";" or "\\t"');
  if (file.timeZone !== undefined) timeZone(check, 'timeZone', file.timeZone);
  if (file.key !== undefined)
    check.text('key', file.key, /\{[^{}]+\}/, 'must be a template with a column, such as "{ID}"');
  const maps = file.maps === undefined ? {} : (check.object('maps', file.maps) ?? {});
  for (const [name, map] of Object.entries(maps)) valueMap(check, `maps.${name}`, map);
  if (!Array.isArray(file.facts) || file.facts.length === 0)
    return check.fault('facts', 'must be a list of at least one fact');
  const suffixes = new Set<unknown>();
  file.facts.forEach((fact, index) => {
    factRule(check, `facts[${index}]`, fact, Object.keys(maps));
    const { as, once } = (fact ?? {}) as FactRule;
    if (suffixes.has(as) && !once) check.fault(`facts[${index}].as`, 'must differ from that of every other fact', as);
    if (!once) suffixes.add(as);
  });
}

function factRule(check: Check, path: string, value: unknown, maps: readonly string[]): void {
  const rule = check.object(path, value, ['fact', 'as', 'once', 'when', 'columns']);
  if (!rule || !check.oneOf(`${path}.fact`, rule.fact, FACT_WORDS)) return;
  if (!['boolean', 'undefined'].includes(typeof rule.once)) {
    check.fault(`${path}.once`, 'must be true or false', rule.once);
  }
  if (!rule.once)
    check.text(
      `${path}.as`,
      rule.as,
      /^[a-z0-9-]+$/,
      'must be a word of small letters that tells this fact of a row from the others',
    );
  if (rule.when !== undefined)
    [rule.when].flat().forEach((condition) => conditionRule(check, `${path}.when`, condition));
  const known = columnsOf(rule.fact as string).filter((column) => column === 'corrects' || !IDENTITY.includes(column));
  const columns = check.object(`${path}.columns`, rule.columns, known);
  if (!columns) return;
  if (columns.happened_at === undefined) check.fault(`${path}.columns.happened_at`, 'must say when it happened');
  if (rule.fact === VOID && columns.corrects === undefined)
    check.fault(`${path}.columns.corrects`, 'must name the wrong entry');
  for (const [column, cell] of Object.entries(columns)) cellRule(check, `${path}.columns.${column}`, cell, maps);
}

function cellRule(check: Check, path: string, value: unknown, maps: readonly string[]): void {
  if (typeof value === 'string') return;
  const known = ['column', 'template', 'default', 'map', 'number', 'dates', 'timeZone', 'reference'];
  const rule = check.object(path, value, known);
  if (!rule) return;
  if ((rule.column === undefined) === (rule.template === undefined))
    check.fault(path, 'must have either column or template');
  for (const name of ['column', 'template'] as const)
    if (rule[name] !== undefined) check.text(`${path}.${name}`, rule[name], /./);
  if (rule.default !== undefined) check.text(`${path}.default`, rule.default, /^/);
  if (rule.map !== undefined && !maps.includes(rule.map as string))
    check.fault(`${path}.map`, 'must be a name in maps', rule.map);
  if (rule.number !== undefined && rule.number !== true) numberForm(check, `${path}.number`, rule.number);
  if (rule.dates !== undefined) dates(check, `${path}.dates`, rule.dates);
  if (rule.timeZone !== undefined) timeZone(check, `${path}.timeZone`, rule.timeZone);
  if (rule.reference !== undefined && rule.reference !== true)
    check.fault(`${path}.reference`, 'must be true or left out', rule.reference);
}

function numberForm(check: Check, path: string, value: unknown): void {
  const form = check.object(path, value, ['thousands', 'decimal']);
  if (!form) return;
  check.text(`${path}.thousands`, form.thousands, /^[^\d]*$/, 'must be the characters that separate thousands');
  if (form.decimal !== undefined) check.text(`${path}.decimal`, form.decimal, /^[^\d]$/, 'must be one character');
}

function dates(check: Check, path: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0)
    return check.fault(path, 'must be a list of date formats, such as ["dd-LLL-yy"]', value);
  value.forEach((format, index) => check.text(`${path}[${index}]`, format, /./));
}

function timeZone(check: Check, path: string, value: unknown): void {
  if (typeof value === 'string' && IANAZone.isValidZone(value)) return;
  check.fault(path, 'must be a time zone such as Europe/Brussels', value);
}

function valueMap(check: Check, path: string, value: unknown): void {
  const map = check.object(path, value, ['values', 'otherwise']);
  const values = map && check.object(`${path}.values`, map.values);
  if (map?.otherwise !== undefined) check.text(`${path}.otherwise`, map.otherwise, /^/);
  for (const [from, to] of Object.entries(values ?? {})) check.text(`${path}.values.${from}`, to, /^/);
}

function conditionRule(check: Check, path: string, value: unknown): void {
  const condition = check.object(path, value, ['column', 'is', 'isNot', 'matches']);
  if (!condition) return;
  check.text(`${path}.column`, condition.column, /./);
  const stated = ['is', 'isNot', 'matches'].filter((name) => condition[name] !== undefined);
  if (stated.length !== 1) return check.fault(path, 'must have exactly one of is, isNot, matches');
  for (const name of ['is', 'isNot'])
    for (const one of [condition[name] ?? []].flat()) check.text(`${path}.${name}`, one, /^/);
  if (condition.matches !== undefined && !isPattern(condition.matches))
    check.fault(`${path}.matches`, 'must be a regular expression', condition.matches);
}

function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
