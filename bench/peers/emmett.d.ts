// bench, peers: what we use of packages that are installed only for a comparison.
declare module 'sqlite3' {
  export type Done = (this: unknown, error: Error | null) => void;
  const sqlite3: { readonly Database: { readonly prototype: object } };
  export default sqlite3;
}

declare module '@event-driven-io/emmett-sqlite' {
  export interface SQLiteConnection {
    close(): void;
    command(sql: string, values?: readonly unknown[]): Promise<unknown>;
    querySingle<T>(sql: string, values?: readonly unknown[]): Promise<T | null>;
  }
  interface Told {
    readonly type: string;
    readonly data: object;
    readonly metadata?: object;
  }
  interface Read extends Told {
    readonly metadata: { readonly globalPosition: bigint };
  }
  interface Appended {
    readonly nextExpectedStreamVersion: bigint;
    readonly lastEventGlobalPosition: bigint;
  }
  interface Projection {
    readonly name: string;
    readonly canHandle: readonly string[];
    handle(events: readonly Read[], context: { readonly connection: SQLiteConnection }): Promise<void>;
  }
  interface Consumer {
    processor(options: { projection: Projection; startFrom: 'BEGINNING'; stopAfter(event: Read): boolean }): unknown;
    start(): Promise<void>;
    close(): Promise<void>;
  }
  export interface SQLiteEventStore {
    appendToStream(
      stream: string,
      events: readonly Told[],
      options: { expectedStreamVersion: bigint },
    ): Promise<Appended>;
    consumer(options: { pulling: { batchSize: number; pullingFrequencyInMs: number } }): Consumer;
    readonly schema: { migrate(): Promise<void> };
  }
  export function sqliteConnection(options: { fileName: string }): SQLiteConnection;
  export function sqliteProjection(definition: Projection): Projection;
  export function getSQLiteEventStore(options: {
    fileName: string;
    connectionOptions: { singleton: true; connection: SQLiteConnection };
  }): SQLiteEventStore;
}

declare module '@event-driven-io/emmett' {
  import type { Appended, SQLiteEventStore } from '@event-driven-io/emmett-sqlite';
  export function CommandHandler<State, Event extends { type: string; data: object }>(options: {
    evolve(state: State, event: Event): State;
    initialState(): State;
  }): (store: SQLiteEventStore, stream: string, decide: (state: State) => Event) => Promise<Appended>;
}

declare module '@event-driven-io/emmett-expressjs' {
  import type { RequestListener } from 'node:http';
  interface Request {
    readonly params: Record<string, string>;
    readonly body: object;
  }
  type Answer = object;
  type Route = object;
  interface Router {
    post(path: string, route: Route): void;
  }
  export function getApplication(options: { apis: ((router: Router) => void)[] }): RequestListener;
  export function on(handle: (request: Request) => Promise<Answer>): Route;
  export function Created(options: { url: string; body: object; eTag?: string }): Answer;
  export function BadRequest(options: { problemDetails: string }): Answer;
}
