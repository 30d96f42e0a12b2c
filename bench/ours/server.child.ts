// bench, ours: the server over a data folder, with consignments to deliver from.
import * as built from '../built.ts';
import { CONSIGNMENTS } from '../http/load.ts';
import { serveUntilTold } from '../http/server.ts';
import { PIECES_A_DELIVERY } from '../workload.ts';
import { delivered, openConsignments } from './consignments.ts';

const [folder, seed] = process.argv.slice(2) as [string, string];
const { createApp } = await built.main();
const { STORES } = await built.stores();
const app = await createApp({ kind: 'folder', folder, use: 'write' });
const stores = app.get<Awaited<ReturnType<Awaited<ReturnType<typeof built.stores>>['openStores']>>>(STORES);
await openConsignments(stores, Number(seed), CONSIGNMENTS);
await serveUntilTold(app, async () => (await delivered(stores)) / PIECES_A_DELIVERY);
