// store: the one writer of events.db, in a thread of its own so that a slow flush stalls nobody else.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { unpacked, type AppendMessage } from './append-message.ts';
import { Door, type Bell } from './doorbell.ts';
import { LogWriter } from './log-writer.ts';

const { file, port, bell } = workerData as { readonly file: string; readonly port: MessagePort; readonly bell: Bell };
const writer = new LogWriter(file);
const door = new Door<AppendMessage | 'close'>(bell, port);
parentPort!.postMessage('ready');
for (let message = door.next(); message !== 'close'; message = door.next())
  port.postMessage(writer.write(unpacked(message)));
writer.close();
port.close();
