// bench, ours: the server over a data folder as it is; tells its longest stall, in milliseconds.
import * as built from '../built.ts';
import { listening } from '../http/nest-server.ts';
import { serveUntilTold } from '../http/server.ts';
import { watchLoop } from '../stalls.ts';

const [folder] = process.argv.slice(2) as [string];
const { createApp } = await built.main();
const server = await listening(await createApp({ kind: 'folder', folder, use: 'write' }));
const watch = await watchLoop();
await serveUntilTold(server, () => watch.end());
