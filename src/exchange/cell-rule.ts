// exchange: how one cell of the logbook is made from a row of a foreign file.
import { DateTime, type DateTimeOptions } from 'luxon';
import type { CellRule, CellSteps, Condition, Mapping } from './mapping-file.js';
import { cleanReference } from './reference.js';
import { normal } from './table.js';
import { wholeNumbers } from './whole-number.js';

/** The cell of a column in the row at hand, trimmed. */
export type Look = (column: string) => string;

/** Throws `Misfit` for a text the rule cannot read. */
export type MakeCell = (look: Look) => string;

export class Misfit extends Error {
  constructor(
    readonly rule: string,
    readonly value: string,
  ) {
    super(rule);
  }
}

const BRACES = /\{([^{}]+)\}/g;
const WITH_TIME = /[HhmsSuTtFfXx]/;
const REMEMBERED_MAX = 100_000;

/** The columns that a template names. */
export function columnsIn(template: string): string[] {
  return [...template.matchAll(BRACES)].map((match) => match[1]!.trim());
}

/** The columns that a rule looks at. */
export function columnsOfRule(rule: CellRule): string[] {
  if (typeof rule === 'string') return columnsIn(rule);
  return rule.column === undefined ? columnsIn(rule.template ?? '') : [rule.column];
}

/** A template is empty when all the columns it names are: "SCMS-" alone says nothing. */
export function filledIn(template: string): MakeCell {
  const columns = columnsIn(template);
  if (columns.length === 0) return () => template;
  const literals = template.split(/\{[^{}]+\}/);
  return (look) => {
    const cells = columns.map(look);
    if (cells.every((cell) => cell === '')) return '';
    return literals.reduce((text, literal, index) => text + cells[index - 1]! + literal);
  };
}

export function cellMaker(rule: CellRule, mapping: Mapping): MakeCell {
  if (typeof rule === 'string') return filledIn(rule);
  const { column, template } = rule;
  const begin: MakeCell = column === undefined ? filledIn(template!) : (look) => look(column);
  const steps = remembered(inTurn(stepsOf(rule, mapping)));
  return (look) => {
    const text = begin(look);
    return text === '' && rule.default !== undefined ? rule.default : steps(text);
  };
}

export function conditionOf({ column, is, isNot, matches }: Condition): (look: Look) => boolean {
  const listed = new Set([is ?? isNot ?? []].flat().map(normal));
  const pattern = matches === undefined ? undefined : new RegExp(matches, 'u');
  return (look) => (pattern ? pattern.test(look(column)) : listed.has(normal(look(column))) === (is !== undefined));
}

type Step = (text: string) => string;

function stepsOf(rule: CellSteps, mapping: Mapping): Step[] {
  const steps: Step[] = [];
  if (rule.map !== undefined) steps.push(mapped(rule.map, mapping));
  if (rule.number !== undefined) steps.push(number(rule.number));
  if (rule.dates !== undefined) steps.push(date(rule.dates, rule.timeZone ?? mapping.timeZone ?? 'UTC'));
  if (rule.reference) steps.push((text) => (text === '' ? '' : cleanReference(text)));
  return steps;
}

function inTurn(steps: readonly Step[]): Step {
  return (text) => steps.reduce((made, step) => step(made), text);
}

function mapped(name: string, mapping: Mapping): Step {
  const { values, otherwise } = mapping.maps![name]!;
  const byText = new Map(Object.entries(values).map(([from, to]) => [normal(from), to]));
  return (text) => {
    const value = byText.get(normal(text)) ?? (text === '' ? '' : otherwise);
    if (value === undefined) throw new Misfit(`must be listed in the map "${name}" of the mapping`, text);
    return value;
  };
}

function number(form: NonNullable<CellSteps['number']>): Step {
  const read = wholeNumbers(form === true ? undefined : form);
  return (text) => {
    const value = text === '' ? '' : read(text);
    if (value === undefined) throw new Misfit('must be a whole number', text);
    return `${value}`;
  };
}

/** A format without a time gives a date; one with a time gives date, time and offset. */
function date(formats: readonly string[], zone: string): Step {
  const options: DateTimeOptions = { zone, locale: 'en' };
  const readers = formats.map((format) => ({
    parser: DateTime.buildFormatParser(format, options),
    timed: WITH_TIME.test(format.replace(/'[^']*'/g, '')),
  }));
  return (text) => {
    if (text === '') return '';
    for (const { parser, timed } of readers) {
      const moment = DateTime.fromFormatParser(text, parser, options);
      if (moment.isValid) return timed ? moment.toISO({ suppressMilliseconds: true }) : moment.toISODate();
    }
    throw new Misfit(`must be a date written as ${formats.join(' or ')}`, text);
  };
}

/** Names and dates repeat from row to row, and dates are slow to read. */
function remembered(step: Step): Step {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = step(text);
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(text, made);
    return made;
  };
}
