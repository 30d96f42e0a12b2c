// store: the one writer of events.db, in a thread of its own so that a slow flush stalls nobody else.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { unpacked, type AppendMessage } from './append-message.ts';
import { LogWriter, type AppendRequest, type Written } from './log-writer.ts';

const { file, port } = workerData as { readonly file: string; readonly port: MessagePort };
const writer = new LogWriter(file);
port.on('message', (message: AppendMessage | 'close') => {
  if (message !== 'close') return port.postMessage(written(unpacked(message)));
  writer.close();
  port.close();
});
parentPort!.postMessage('ready');

function written(requests: readonly AppendRequest[]): Written {
  const results = writer.write(requests);
  return { results, recordedAt: writer.recordedAt };
}
