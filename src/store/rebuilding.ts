// store: views that are built anew beside those that serve, compared, and put in their place.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '../kernel/event-store.js';
import type { Projector } from '../kernel/projector.js';
import { applyUpTo, buildViews, type BuildOrder, type Built, type OnBuilding } from './build-views.js';
import { NEXT_VIEWS, VIEWS } from './data-folder.js';
import type { Place } from './place.js';
import { ServedViews } from './served-views.js';
import { remove, ViewsDatabase, type Unfit } from './views-database.js';
import type { AnyViewClass, Viewed } from './views-state.js';

/** Carries out an order, in this thread or in another one. Ends early, between two pages, when `signal` says so. */
export type Builder = (order: BuildOrder & Place, onBuilding: OnBuilding, signal: AbortSignal) => Promise<Built>;

/** What is done in threads of their own; the rest in the thread that asks. */
export interface Threads {
  readonly build?: Builder;
  /** The module that keeps the views, and follows the log. */
  readonly follow?: URL | undefined;
}

const UNFIT: Record<Unfit, string> = {
  absent: 'there are none yet',
  outdated: 'another version of the program made them',
  damaged: 'their file cannot be read',
};

export class Rebuilding {
  private projector: Projector | undefined;
  private running: Promise<Built> | undefined;
  private readonly ended = new AbortController();

  constructor(
    private readonly place: Place,
    private readonly log: EventStore,
    readonly views: ServedViews,
    private readonly classes: readonly AnyViewClass[],
    private readonly build: Builder,
    private unfit: Unfit | undefined,
  ) {}

  over(projector: Projector): void {
    this.projector = projector;
  }

  /** Why the views that were found do not serve; nothing when they do. */
  get reason(): string | undefined {
    return this.unfit && UNFIT[this.unfit];
  }

  /** Waits until the views hold everything the log held when this was called; builds them first when none can serve. */
  async upToDate(onBuilding?: OnBuilding): Promise<void> {
    if (this.unfit) await this.rebuild(onBuilding);
    const of = await this.log.reached();
    await this.projector!.catchUp(({ position }) => onBuilding?.(position, of));
  }

  /** Makes the views anew. A second call waits for the first. What serves goes on serving until the end. */
  async rebuild(onBuilding: OnBuilding = () => undefined): Promise<Built> {
    this.running ??= this.run(onBuilding).finally(() => (this.running = undefined));
    return this.running;
  }

  /** Ends a rebuild between two pages; the next one goes on from there. */
  async stop(): Promise<void> {
    this.ended.abort();
    await this.running?.catch(() => undefined);
  }

  private async run(onBuilding: OnBuilding): Promise<Built> {
    const { folder } = this.place;
    const [next, file] = [join(folder, NEXT_VIEWS), join(folder, VIEWS)];
    // Views that serve are compared where they stand, and what cannot be applied to them is a reason to rebuild.
    if (!this.unfit) await this.projector!.catchUp().catch(() => undefined);
    const comparable = this.unfit !== 'damaged' && existsSync(file);
    const order = { ...this.place, next, ...(comparable && { served: file }) };
    const build = () => this.build(order, onBuilding, this.ended.signal);
    let built = this.unfit ? undefined : await build();
    await this.projector!.still(async () => {
      // Views that cannot serve need not follow the log meanwhile.
      built ??= await build();
      await this.level(next);
      this.views.replace(next, file);
      this.unfit = undefined;
    });
    await this.projector!.catchUp();
    return built!;
  }

  /** Nobody may see the served position go back: the new views get what the old ones got meanwhile. */
  private async level(next: string): Promise<void> {
    if (this.unfit) return;
    const views = ViewsDatabase.open(next, await viewedAs(this.log), this.classes);
    try {
      await applyUpTo(this.views.checkpoint().position, this.log, views);
    } finally {
      views.close();
    }
  }
}

/**
 * The views of a place; empty ones that are kept nowhere while those of the place are not fit to serve. Views that a
 * thread keeps are only read here.
 */
export async function openViews(
  place: Place & { readonly use: string },
  log: EventStore,
  classes: readonly AnyViewClass[],
  { build, follow }: Threads = {},
): Promise<{ views: ServedViews; rebuilding: Rebuilding }> {
  const file = join(place.folder, VIEWS);
  const viewed = await viewedAs(log);
  const toWrite = () => ViewsDatabase.open(file, { ...viewed, head: () => Infinity }, classes);
  const reopen = follow ? () => ViewsDatabase.openReadOnly(file, classes) : toWrite;
  const inPlace: Builder = (order, onBuilding) => buildViews(order, log, classes, onBuilding);
  let unfit = fitness(file, viewed, classes, place.use === 'mend');
  if (unfit === 'absent' && viewed.head() === 0) {
    toWrite().close();
    unfit = undefined;
  }
  const serving = unfit ? ViewsDatabase.open(':memory:', viewed, classes) : reopen();
  const views = new ServedViews(serving, reopen, classes);
  return { views, rebuilding: new Rebuilding(place, log, views, classes, build ?? inPlace, unfit) };
}

/** Throws when another version of the program keeps the views. */
export function openViewsForReading({ folder }: Place, classes: readonly AnyViewClass[]): ServedViews {
  const open = () => ViewsDatabase.openReadOnly(join(folder, VIEWS), classes);
  return new ServedViews(open(), open, classes);
}

function fitness(file: string, log: Viewed, classes: readonly AnyViewClass[], mend: boolean): Unfit | undefined {
  try {
    return ViewsDatabase.unfit(file, log, classes);
  } catch (error) {
    if (!mend) throw error;
    remove(file);
    return 'absent';
  }
}

async function viewedAs(log: EventStore): Promise<Viewed> {
  const reached = await log.reached();
  return { identity: () => log.identity(), head: () => reached };
}
