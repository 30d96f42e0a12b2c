// test support: what the server writes for itself. Whoever reads `$all` must leave it out.
import { randomUUID } from 'node:crypto';
import type { Proposal } from './wire-event.js';

interface SystemEvent {
  readonly stream: string;
  readonly proposal: Proposal;
}

const systemEvent = (stream: string, type: string, data: unknown): SystemEvent => ({
  stream,
  proposal: {
    id: randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: Buffer.from('{}'),
  },
});

const STATS = '$stats-127.0.0.1:2113';

/** How the log of a new server begins. */
export const opening = (): SystemEvent[] => [
  systemEvent(`$$${STATS}`, '$metadata', { $maxAge: 86_400 }),
  systemEvent('$user-admin', '$UserCreated', { loginName: 'admin', groups: ['$admins'] }),
  systemEvent('$users', '$User', 'admin'),
  systemEvent('$user-ops', '$UserCreated', { loginName: 'ops', groups: ['$ops'] }),
  systemEvent('$users', '$User', 'ops'),
];

/** What the server notes about itself now and then. */
export const stats = (): SystemEvent => systemEvent(STATS, '$statsCollected', { 'proc-threadsCount': 42 });
