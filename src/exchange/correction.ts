// exchange: a row that says how an earlier one should have read.
import { eventId } from '../kernel/identifiers.js';
import { bodyOf, read, type Faults } from './body.js';
import { COMMON, FORMS, type Column, type Form } from './forms.js';
import type { Filled, Instruction, LogbookRow, Target } from './instruction.js';

/**
 * The correction happened when it was reported; its restatement says when the goods moved. `known` is the record of the
 * wrong entry when this file holds it; otherwise the row itself names the record.
 */
export function correctionOf(
  wrongCommandId: string,
  known: Target | undefined,
  rows: readonly LogbookRow[],
  form: Form | undefined,
  faults: Faults,
): Omit<Instruction, 'commandId'> {
  const first = rows[0]!;
  const { cells } = first;
  if (!cells.note) faults.add(first, 'note', 'must say why the entry is corrected');
  const target = known ?? targetOf(form, cells);
  if (!target) faults.add(first, form?.id[0] ?? 'corrects', unknownRule(form));
  const body = {
    ...read(COMMON, first, faults),
    happenedAt: cells.reported_at ?? cells.happened_at,
    event: eventId(target ? streamOf(target) : '', wrongCommandId, 0),
    ...(form ? { reason: 'incorrect_data', restated: restated(form, rows, faults) } : { reason: 'did_not_occur' }),
  };
  return { command: 'CorrectEntry', body, ...(target && { target }) };
}

/** The stream of a record, as every room names it. */
export function streamOf({ room, about }: Target): string {
  // An item reference may hold hyphens, but no slash.
  return `${room}-${Object.values(about).join(room === 'lot' ? '/' : '-')}`;
}

function unknownRule(form: Form | undefined): string {
  if (form) return 'must name what the wrong entry is about';
  return 'is not an entry of this file before this row: name the consignment, donation or place of the wrong entry too';
}

function restated(form: Form, rows: readonly LogbookRow[], faults: Faults): object {
  const { reportedAt: _ofTheCorrection, ...body } = bodyOf(form, rows, faults);
  return { command: form.command, body };
}

/** The record a row is about. A void row is often a copy of the wrong one, so the columns that say most come first. */
export function targetOf(form: Form | undefined, cells: Filled): Target | undefined {
  if (form) return target(form, cells);
  const { consignment, request, place, kind, donation, organisation, item, lot } = cells;
  if (consignment) return target(FORMS.dispatch!, cells);
  if (request) return target(FORMS.request!, cells);
  if (place) return target(kind ? FORMS.place! : FORMS.allocate!, cells);
  if (donation) return target(FORMS.pledge!, cells);
  if (organisation) return target(FORMS.organisation!, cells);
  if (item && lot) return target(FORMS['hold-lot']!, cells);
  return item ? target(FORMS.item!, cells) : undefined;
}

function target({ room, id }: Form, cells: Filled): Target | undefined {
  const named: Record<string, string> = {};
  for (const column of id) {
    const reference = referenceIn(cells, column);
    if (reference === undefined) return undefined;
    named[column] = reference;
  }
  const [column] = id as [Column];
  if (room === 'catalogue') return { room, about: { kind: column, id: named[column]! } };
  return { room, about: room === 'hub' ? { hub: named[column]! } : named };
}

/** References are read in capitals; a lot is what is printed on the goods. */
function referenceIn(cells: Filled, column: Column): string | undefined {
  return column === 'lot' ? cells.lot : cells[column]?.toUpperCase();
}
