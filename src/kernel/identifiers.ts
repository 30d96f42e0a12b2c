// kernel: names of things and of events.
import { hash } from 'node:crypto';
import { uuidsOf } from './named-uuid.js';

/** The organisation's own references: capital letters, digits and hyphens, 3 to 40 of them. */
export const REFERENCE = /^[A-Z0-9][A-Z0-9-]{1,38}[A-Z0-9]$/;
/** Place references may be as short as a country code. */
export const PLACE_REFERENCE = /^[A-Z0-9][A-Z0-9-]{0,38}[A-Z0-9]$/;

const eventIdOf = uuidsOf('6f0a7f0e-58a4-4d0c-9b57-1c6d0a3f8f11');

/**
 * The id of the n-th event (from 0) that a command makes of a stream, the same on every try (UUID version 5, RFC 9562).
 * The stream is part of it, so that a command id used for two records never makes one event id twice.
 */
export function eventId(stream: string, commandId: string, index: number): string {
  return eventIdOf(`${stream}/${commandId}/${index}`);
}

/** A reference for somebody who has none, the same on every try of the same command. */
export function referenceFor(prefix: string, commandId: string): string {
  return `${prefix}-${hash('sha256', commandId).slice(0, 12).toUpperCase()}`;
}

/** 16 hex digits over the content of a command: equal content, equal digest. */
export function fingerprint(content: object): string {
  return hash('sha256', canonicalJson(content)).slice(0, 16);
}

/** JSON in which the order of fields makes no difference. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value)) ?? '';
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const speaking = value as { toJSON?(): unknown };
  if (typeof speaking.toJSON === 'function') return inOrder(speaking.toJSON());
  const fields = value as Readonly<Record<string, unknown>>;
  const said = Object.keys(fields).filter((field) => fields[field] !== undefined);
  return Object.fromEntries(said.sort().map((field) => [field, inOrder(fields[field])]));
}
