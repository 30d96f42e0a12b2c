// The house over HTTP, in memory, and the few words these specs need to speak to it.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/main.js';
import { serverLog } from '../../src/nest/server-log.js';
import type { StorePlan } from '../../src/store/stores.js';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The body as JSON. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

type Headers = Readonly<Record<string, string>>;

export class Api {
  constructor(readonly app: NestFastifyApplication) {}

  /** What the server would say about itself is nobody's concern here, unless a log is given. */
  static async open(plan: StorePlan = { kind: 'memory' }, log = serverLog('silent')): Promise<Api> {
    const app = await createApp(plan, log);
    await app.getHttpAdapter().getInstance().ready();
    return new Api(app);
  }

  get(url: string, headers: Headers = {}): Promise<Reply> {
    return this.inject({ method: 'GET', url, headers });
  }

  post(url: string, payload: object | string, headers: Headers = {}): Promise<Reply> {
    return this.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } });
  }

  /** A command that must be taken; answers what it answered. */
  async record(
    url: string,
    body: object,
    headers: Headers = {},
  ): Promise<{ id: string; version: number; position: number; events: string[]; repeated: boolean }> {
    const reply = await this.post(url, body, headers);
    if (reply.status !== 201) throw new Error(`${url} answered ${reply.status}: ${reply.text}`);
    return reply.json;
  }

  /** How many events the log holds. */
  async events(): Promise<number> {
    let count = 0;
    let from: number | null = 0;
    while (from !== null) {
      const { events, next }: { events: unknown[]; next: number | null } = (
        await this.get(`/events?from=${from}&limit=1000`)
      ).json;
      count += events.length;
      from = next;
    }
    return count;
  }

  close(): Promise<void> {
    return this.app.close();
  }

  private async inject(request: {
    method: 'GET' | 'POST';
    url: string;
    payload?: object | string;
    headers: Headers;
  }): Promise<Reply> {
    const { statusCode, headers, body } = await this.app.inject(request);
    return {
      status: statusCode,
      headers,
      text: body,
      get json() {
        return JSON.parse(body);
      },
    };
  }
}

/** A donor, three recipients, and a donation of `quantity` masks, undecided, that was counted at Liege. */
export async function donationAtLiege(api: Api, donation: string, quantity: number): Promise<void> {
  const happenedAt = '2020-03-13';
  await organisations(api);
  await api.record('/donations', {
    happenedAt,
    donation,
    donor: 'JMF',
    lines: [{ item: 'MASK', quantity, destination: 'undecided' }],
  });
  const consignment = `IN-${donation}`;
  await api.record('/consignments', {
    happenedAt,
    consignment,
    from: 'CNHGH',
    to: 'BELGG',
    lines: [{ item: 'MASK', donation, quantity }],
  });
  await api.record(`/consignments/${consignment}/receipts`, {
    happenedAt,
    hub: 'BELGG',
    complete: true,
    lines: [{ item: 'MASK', good: quantity }],
  });
}

/** A gift of ten masks for Italy. */
export const pledge = (donation: string) => ({
  happenedAt: '2020-03-16',
  donation,
  donor: 'JMF',
  lines: [{ item: 'MASK', quantity: 10, destination: 'IT' }],
});

export async function organisations(api: Api): Promise<void> {
  const happenedAt = '2020-03-01';
  await api.record('/catalogue/organisations', {
    happenedAt,
    organisation: 'JMF',
    name: 'Jack Ma Foundation',
    country: 'CN',
  });
  await api.record('/catalogue/organisations', {
    happenedAt,
    organisation: 'CROCE-ROSSA',
    name: 'Croce Rossa Italiana',
    country: 'IT',
  });
}

export const problems = (reply: Reply) =>
  (reply.json.problems as { field: string; rule: string; value?: unknown }[]).map(({ field, rule, value }) => [
    field,
    rule,
    value,
  ]);
