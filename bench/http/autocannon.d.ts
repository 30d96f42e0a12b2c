// bench: what we use of a load generator that comes without types.
declare module 'autocannon' {
  interface Request {
    method: string;
    headers: Record<string, string>;
    path?: string;
    body?: string;
    setupRequest?(request: Request): Request;
    onResponse?(status: number, body: string, context: object, headers: Record<string, string>): void;
  }
  interface Result {
    /** In seconds. */
    readonly duration: number;
    readonly '2xx': number;
    readonly non2xx: number;
    /** Timeouts included. */
    readonly errors: number;
    readonly timeouts: number;
    readonly latency: { readonly p50: number; readonly p99: number };
  }
  export default function autocannon(options: {
    url: string;
    connections: number;
    /** In seconds. */
    duration: number;
    requests: Request[];
    /** Requests a second, all connections together. */
    overallRate?: number;
    /** Seconds after which a request counts as not answered. */
    timeout?: number;
    /** True: latencies are those of 2xx answers only. */
    excludeErrorStats?: boolean;
    /** How often it looks whether the duration is over, in milliseconds. */
    sampleInt?: number;
    /** Only with a rate; without it, answers that a connection had to wait for are made up, with their latency. */
    ignoreCoordinatedOmission?: boolean;
  }): Promise<Result>;
}
