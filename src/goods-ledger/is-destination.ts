// goods ledger: the rule that a field of a command names a destination.
import { rule } from '../kernel/rules.js';
import { isDestination } from './destination.js';

/** A country, a group such as BE+FR+SI, a region such as Africa, or undecided. */
export function IsDestination(): PropertyDecorator {
  return rule(
    'isDestination',
    isDestination,
    'must be a country (IT), several countries (BE+FR+SI), a region (Africa) or undecided',
  );
}
