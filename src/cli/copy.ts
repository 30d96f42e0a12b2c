// cli: a log from a folder to an event store, or back.
import { grouped } from '../kernel/quantity.js';
import { copyLog } from '../store/copy.js';
import { claim } from '../store/data-folder.js';
import { withoutSecrets } from '../store/eventstoredb/address.js';
import { openLog, openLogForReading, type Place } from '../store/place.js';
import { progressBar } from './progress.js';
import { demandLog } from './session.js';

export interface CopyOptions {
  readonly to?: string;
  readonly from?: string;
}

/** Copies the log of the folder to an event store, or an event store into the folder. */
export async function copy(folder: string, { to, from }: CopyOptions): Promise<void> {
  if ((to === undefined) === (from === undefined)) {
    throw new Error(
      'Say where to or where from: relief copy --to esdb://host:2113, or relief copy --from esdb://host:2113.',
    );
  }
  const [source, target]: [Place, Place] = to
    ? [{ folder }, { folder, eventStore: to }]
    : [{ folder, eventStore: from }, { folder }];
  demandLog(source);
  const lock = to ? undefined : claim(folder);
  try {
    await between(source, target);
  } finally {
    lock?.release();
  }
}

async function between(source: Place, target: Place): Promise<void> {
  const from = await openLogForReading(source);
  const { store: to } = await openLog(target);
  try {
    const bar = progressBar('copying', 'entries');
    const { entries, found } = await copyLog(from, to, (done) => bar.at(done));
    bar.end();
    const there = withoutSecrets(target.eventStore ?? target.folder);
    console.log(
      `${grouped(entries)} entries are in ${there}, each compared with its original; ${grouped(found)} of them were there before.`,
    );
  } finally {
    await from.close();
    await to.close();
  }
}
