// The log in SQLite keeps the promises of the port, and keeps them when it is opened again.
import { join } from 'node:path';
import { SqliteEventStore } from '../../src/store/sqlite.event-store.js';
import { lastingPromises, promises } from './event-store.contract.js';
import { newFolder } from './folder.js';

const open = async () => {
  const file = join(newFolder(), 'events.db');
  const store = await SqliteEventStore.open(file);
  return { store, reopen: async () => (await store.close(), SqliteEventStore.open(file)) };
};

promises('SQLite', open);
lastingPromises('SQLite', open);
