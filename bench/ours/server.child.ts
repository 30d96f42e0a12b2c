// bench, ours: the server over a data folder, with consignments to deliver from.
import type { Stores } from '../../src/store/stores.ts';
import * as built from '../built.ts';
import { CONSIGNMENTS } from '../http/deliveries.ts';
import { listening } from '../http/nest-server.ts';
import { serveUntilTold } from '../http/server.ts';
import { PIECES_A_DELIVERY } from '../workload.ts';
import { delivered, openConsignments } from './consignments.ts';

const [folder, seed] = process.argv.slice(2) as [string, string];
const { createApp } = await built.main();
const { STORES } = await built.stores();
const app = await createApp({ kind: 'folder', folder, use: 'write' });
const stores = app.get<Stores>(STORES);
await openConsignments(stores, Number(seed), CONSIGNMENTS);
await serveUntilTold(await listening(app), async () => (await delivered(app, stores)) / PIECES_A_DELIVERY);
