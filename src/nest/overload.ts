// nest: a bound on what this node takes in hand at once; who comes too many is told at once, and when to come again.
import type { FastifyInstance } from 'fastify';
import { Overloaded } from '../kernel/errors.js';

/** Requests in hand at a time where nobody states another bound. */
export const IN_HAND_MAX = 256;

/** What machines ask to know how this node is, and who only listens: they do not count. */
const ASIDE = /^\/(health|metrics|updates)/;

/**
 * Refuses requests beyond the bound before their body is read: nothing of them was looked at. Whoever was let in is
 * answered.
 */
export function refuseOverload(server: FastifyInstance, most: number): void {
  let inHand = 0;
  server.addHook('onRequest', (request, reply, done) => {
    if (ASIDE.test(request.url)) return done();
    if (inHand >= most) return done(new Overloaded(most));
    inHand++;
    // Also told of a caller who hung up before the answer.
    reply.raw.once('close', () => inHand--);
    done();
  });
}

/** The bound as the environment states it. Throws with a sentence when that is no number. */
export function inHandMax(stated: string | undefined): number {
  if (stated === undefined || stated === '') return IN_HAND_MAX;
  if (/^[1-9]\d{0,5}$/.test(stated)) return Number(stated);
  throw new Error(`RELIEF_IN_HAND_MAX must be a whole number of requests, such as ${IN_HAND_MAX} (was ${stated}).`);
}
