// bench: what we use of a load generator that comes without types.
declare module 'autocannon' {
  interface Request {
    method: string;
    headers: Record<string, string>;
    path?: string;
    body?: string;
    setupRequest?(request: Request): Request;
  }
  interface Result {
    readonly duration: number;
    readonly '2xx': number;
    readonly non2xx: number;
    readonly errors: number;
    readonly timeouts: number;
    readonly latency: { readonly p50: number; readonly p99: number };
  }
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    requests: Request[];
  }): Promise<Result>;
}
