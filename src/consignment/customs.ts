// consignment: the rules of the border. declared → held ⇄ cleared, or refused
import type { Command } from '../kernel/command.js';
import { documented } from '../kernel/documented.js';
import type { Consignment } from './consignment.js';
import { known } from './consignment.js';
import type { ConsignmentFact } from './consignment.events.js';
import type {
  RecordCustomsClearance,
  RecordCustomsEntry,
  RecordCustomsHold,
  RecordCustomsRefusal,
} from './customs.commands.js';
import type { CustomsFact } from './customs.events.js';
import { isMrn } from './document-numbers.js';

// Field facts

export function declare(command: RecordCustomsEntry, state: Consignment): ConsignmentFact[] {
  return unlessSaid({ type: 'CustomsEntryLodged', data: { ...border(command), ...declaration(command) } }, state);
}

export function hold(command: RecordCustomsHold, state: Consignment): ConsignmentFact[] {
  return unlessSaid({ type: 'CustomsHeld', data: { ...border(command), reason: command.reason } }, state);
}

export function clear(command: RecordCustomsClearance, state: Consignment): ConsignmentFact[] {
  return unlessSaid({ type: 'CustomsCleared', data: { ...border(command), ...declaration(command) } }, state);
}

export function refuse(command: RecordCustomsRefusal, state: Consignment): ConsignmentFact[] {
  return unlessSaid({ type: 'CustomsRefused', data: { ...border(command), reason: command.reason } }, state);
}

/** Nothing, when the latest word of customs is this one already. */
function unlessSaid(fact: CustomsFact, state: Consignment): ConsignmentFact[] {
  const latest = known(state, fact.data.consignment).customs;
  return JSON.stringify(latest) === JSON.stringify(fact) ? [] : [fact];
}

function border(command: Command & { consignment: string; place: string; mrn?: string }) {
  const { consignment, place, mrn } = command;
  return { consignment, place, ...(mrn && { mrn, ...(!isMrn(mrn) && { doubtful: ['mrn'] }) }), ...documented(command) };
}

function declaration({ procedure, reliefBasis, exportAuthorisation, lines = [] }: RecordCustomsEntry) {
  return {
    ...(procedure && { procedure }),
    ...(reliefBasis && { reliefBasis }),
    ...(exportAuthorisation && { exportAuthorisation }),
    goods: lines.map(({ item, hsCode, hsEdition, hsAuthority }) => ({
      item,
      hs: { code: hsCode, edition: hsEdition, authority: hsAuthority },
    })),
  };
}
