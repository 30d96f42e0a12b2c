// bench, peers: Express with Emmett's command handler: read, fold, decide, append one delivery.
import { CommandHandler } from '@event-driven-io/emmett';
import { BadRequest, Created, getApplication, on } from '@event-driven-io/emmett-expressjs';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CONSIGNMENTS } from '../http/deliveries.ts';
import { serveUntilTold } from '../http/server.ts';
import { Workload } from '../workload.ts';
import { append } from './emmett-appends.ts';
import { openEmmett, turns } from './emmett-store.ts';

interface Goods {
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
}

interface Delivery {
  readonly recipient: string;
  readonly happenedAt: string;
  readonly lines: readonly (Goods & { readonly accepted: number; readonly rejected: number })[];
}

interface Dispatch {
  readonly lines: readonly (Goods & { readonly quantity: number })[];
}

type Fact = { type: 'ConsignmentDispatched'; data: Dispatch } | { type: 'GoodsDelivered'; data: Delivery };

/** Pieces under way, by item, donation and lot. */
type Left = ReadonlyMap<string, number>;

const keyOf = ({ item, donation, lot }: Goods) => `${item} ${donation} ${lot}`;

function changesOf(fact: Fact): [string, number][] {
  if (fact.type === 'ConsignmentDispatched') return fact.data.lines.map((line) => [keyOf(line), line.quantity]);
  return fact.data.lines.map((line) => [keyOf(line), -line.accepted - line.rejected]);
}

function evolve(left: Left, fact: Fact): Left {
  const next = new Map(left);
  for (const [key, change] of changesOf(fact)) next.set(key, (next.get(key) ?? 0) + change);
  return next;
}

function deliver(left: Left, delivery: Delivery): Fact {
  const fact: Fact = { type: 'GoodsDelivered', data: delivery };
  for (const [key, change] of changesOf(fact)) {
    if ((left.get(key) ?? 0) + change < 0) throw new Error(`There are only ${left.get(key) ?? 0} of ${key}.`);
  }
  return fact;
}

/** The least that somebody would check by hand. */
function isDelivery(body: Partial<Delivery>): body is Delivery {
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const lines = Array.isArray(body.lines) ? (body as Delivery).lines : [];
  const words = [body.recipient, body.happenedAt, ...lines.flatMap(({ item, donation, lot }) => [item, donation, lot])];
  const counts = lines.flatMap(({ accepted, rejected }) => [accepted, rejected]);
  return lines.length > 0 && words.every((word) => typeof word === 'string') && counts.every(isCount);
}

const [folder, seed] = process.argv.slice(2) as [string, string];
const emmett = await openEmmett(join(folder, 'emmett.db'));
const workload = new Workload(Number(seed), CONSIGNMENTS);
for (let index = 0; index < CONSIGNMENTS; index++) {
  const { stream, events } = workload.open(index);
  await append(emmett, stream, -1, events);
}
const handle = CommandHandler<Left, Fact>({ evolve, initialState: () => new Map() });
// A refused append spoils its stream for good, so commands on one stream wait for each other.
const turnsOf = new Map<string, ReturnType<typeof turns>>();

function inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
  const turn = turnsOf.get(stream) ?? turns();
  turnsOf.set(stream, turn);
  return turn(work);
}

const app = getApplication({
  apis: [
    (router) =>
      router.post(
        '/consignments/:consignment/deliveries',
        on(async ({ params, body }) => {
          if (!isDelivery(body)) return BadRequest({ problemDetails: 'A delivery has a recipient, a time and lines.' });
          const stream = `consignment-${params['consignment']}`;
          const metadata = { commandId: randomUUID(), actor: { id: 'u-17', role: 'logistician' }, channel: 'api' };
          const recorded = await inTurn(stream, () =>
            handle(emmett.store, stream, (left) => ({ ...deliver(left, body), metadata })),
          );
          const { nextExpectedStreamVersion: version, lastEventGlobalPosition: position } = recorded;
          const answer = { id: params['consignment'], stream, version: Number(version), position: Number(position) };
          return Created({ url: `/consignments/${params['consignment']}`, body: answer });
        }),
      ),
  ],
});
const server = createServer(app);
await once(server.listen(0, '127.0.0.1'), 'listening');
const close = async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
  // What was asked last is answered to nobody, but it must have ended.
  await Promise.all([...turnsOf.values()].map((turn) => turn(async () => undefined)));
  await emmett.close();
};
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
await serveUntilTold({ url, close }, async () => (await emmett.count()) - CONSIGNMENTS);
