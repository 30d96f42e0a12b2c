// exchange: any foreign CSV as rows of the logbook, by a mapping file.
import { Invalid } from '../kernel/errors.js';
import { columnsIn, columnsOfRule } from './cell-rule.js';
import type { ImportSource } from './instruction.js';
import { columnName, MappedRows } from './mapped-rows.js';
import { checkMapping, type Mapping } from './mapping-file.js';
import { nearest } from './nearest.js';
import { readTable, type ReadOptions, type Table } from './table.js';

/** Reads the text of a mapping file. Throws `Invalid` naming each fault by its path. */
export function readMapping(json: string): Mapping {
  try {
    return checkMapping(JSON.parse(json.replace(/^\ufeff/, '')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Invalid([{ field: 'mapping', rule: `must be JSON: ${error.message}` }]);
    throw error;
  }
}

/** Throws `Invalid` when the file lacks a column that the mapping needs; what is wrong in a row stays with that row. */
export async function readMapped(bytes: Uint8Array, mapping: Mapping, stated: ReadOptions = {}): Promise<ImportSource> {
  const table = await readTable(bytes, {
    encoding: stated.encoding === undefined || stated.encoding === 'auto' ? mapping.encoding : stated.encoding,
    delimiter: stated.delimiter ?? mapping.delimiter,
  });
  refuseMissingColumns(mapping, table);
  return {
    name: mapping.name,
    total: table.total,
    rows: { [Symbol.iterator]: () => new MappedRows(mapping, table).run() },
    columnName: (word, column) => columnName(mapping, word, column),
  };
}

function refuseMissingColumns(mapping: Mapping, table: Table): void {
  const read = mapping.facts.flatMap(({ columns, when = [] }) => [
    ...Object.values(columns).flatMap(columnsOfRule),
    ...[when].flat().map(({ column }) => column),
  ]);
  const missing = [...new Set([...columnsIn(mapping.key ?? ''), ...read])].filter((name) => table.indexOf(name) < 0);
  if (missing.length === 0) return;
  throw new Invalid(missing.map((name) => ({ field: 'header', rule: missingRule(name, mapping, table) })));
}

function missingRule(name: string, mapping: Mapping, table: Table): string {
  return `must have the column "${name}", which the mapping ${mapping.name} reads; the nearest is "${nearest(name, table.header)}"`;
}
