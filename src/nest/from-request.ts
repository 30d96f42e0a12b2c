// nest: from an HTTP request to one command and its circumstances.
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Invalid } from '../kernel/errors.js';
import { circumstances, type Order } from './circumstances.js';

const ACTOR_ID = /^[\w.-]{1,60}$/;
const ROLE = /^[\w.-]{1,40}$/;
const COMMAND_ID = /^[\x21-\x7e]{8,100}$/;
const VERSION = /^"?(\d{1,15})"?$/;
const NOT_PRINTABLE = /[^\x20-\x7e]/g;

type Fields = Readonly<Record<string, unknown>>;

/** Path and body as one object, for validation against the parameter's class. Throws `Invalid` when they disagree. */
export const Stated = createParamDecorator((_: unknown, context: ExecutionContext): object => {
  const { params, body } = context.switchToHttp().getRequest<FastifyRequest<{ Params: Fields; Body: unknown }>>();
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Invalid([{ field: 'body', rule: 'must be a JSON object', value: body }]);
  }
  for (const [field, value] of Object.entries(params)) {
    const stated = (body as Fields)[field];
    const same = typeof stated === 'string' && stated.trim().toUpperCase() === String(value).toUpperCase();
    if (stated !== undefined && !same) {
      throw new Invalid([{ field, rule: `must be ${String(value)} as in the path, or be left out`, value: stated }]);
    }
  }
  return { ...body, ...params };
});

const CALLER = Symbol('who gave the command of a request');

/** A request that keeps what its headers said of the caller. */
type Called = FastifyRequest & { [CALLER]?: Order };

/**
 * The caller's headers: Idempotency-Key is the command id, If-Match the version decided on, Relief-Actor `id:role`.
 * The id of the request is its correlation id.
 */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Order => {
  const request = context.switchToHttp().getRequest<Called>();
  const { headers, id } = request;
  const key = single(headers['idempotency-key']);
  const ifMatch = single(headers['if-match']);
  const ownId = key ? commandId(key) : correlationStated(headers) ? randomUUID() : id;
  const actor = actorOf(single(headers['relief-actor']));
  const order = {
    circumstances: circumstances({ actor, channel: 'api', commandId: ownId, correlationId: id }),
    ...(ifMatch && { ifVersion: version(ifMatch) }),
  };
  request[CALLER] = order;
  return order;
});

/** Who gave the command of a request; undefined for a question, and for headers that say nothing. */
export function callerOf(request: FastifyRequest): Order | undefined {
  return (request as Called)[CALLER];
}

/** Under what a request, its events and its answer belong together: X-Correlation-Id, the command id, or a new id. */
export function correlationIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  return correlationStated(headers) ?? printable(headers['idempotency-key']) ?? randomUUID();
}

function correlationStated(headers: IncomingHttpHeaders): string | undefined {
  return printable(headers['x-correlation-id']);
}

/** What of a header may stand in a log and in an answer; undefined when nothing is left. */
function printable(header: string | string[] | undefined): string | undefined {
  return single(header)?.replace(NOT_PRINTABLE, '').trim().slice(0, 100).trimEnd() || undefined;
}

/** Until there are accounts, the actor is who the caller says: an id and a role, no name. */
export function actorOf(text: string | undefined): { id: string; role: string } {
  const [id = '', role = ''] = (text ?? 'anonymous:staff').split(':');
  if (!ACTOR_ID.test(id) || !ROLE.test(role)) {
    throw new Invalid([
      { field: 'Relief-Actor', rule: 'must be an account id and a role, such as u-17:logistician', value: text },
    ]);
  }
  return { id, role };
}

function commandId(key: string): string {
  if (COMMAND_ID.test(key)) return key;
  throw new Invalid([
    { field: 'Idempotency-Key', rule: 'must be 8 to 100 visible characters, best a UUID', value: key },
  ]);
}

function version(ifMatch: string): number {
  const digits = VERSION.exec(ifMatch)?.[1];
  if (digits !== undefined) return Number(digits);
  throw new Invalid([{ field: 'If-Match', rule: 'must be the version of the record', value: ifMatch }]);
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
