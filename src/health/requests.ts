// health: what is counted and written down of every request.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../nest/from-request.js';
import { routeOf, type ServerLog } from '../nest/server-log.js';
import type { Metrics } from './metrics.js';

/** Asked every few seconds by machines; a line each time would bury the others. */
const PROBES: ReadonlySet<string> = new Set(['/health', '/health/live', '/health/ready', '/metrics']);

/** Counts every request of a server, and writes a line about it; every answer names its correlation id. */
export function watchRequests(server: FastifyInstance, metrics: Metrics, log: ServerLog): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = routeOf(request);
    metrics.requestEnded({ method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    const level = PROBES.has(route) && reply.statusCode < 400 ? 'debug' : 'info';
    if (log.isLevelEnabled(level)) log[level](lineOf(request, reply), 'request');
    done();
  });
}

/** Ids and figures only: no name, no body, no address with what somebody asked in it. */
function lineOf(request: FastifyRequest, reply: FastifyReply) {
  const caller = callerOf(request)?.circumstances;
  return {
    method: request.method,
    route: routeOf(request),
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    correlationId: request.id,
    ...(caller && { commandId: caller.commandId, actorId: caller.actor.id }),
  };
}
