// Staff who record and are cut off: each command keeps its key until it was answered.
import type { Answered } from './answered.js';
import type { Server } from './server.js';

interface Given {
  readonly path: string;
  readonly body: object;
}

/** A gift: pledged, sent straight to Italy, handed over. */
const STEPS: readonly ((name: string) => Given)[] = [
  (donation) => ({
    path: '/donations',
    body: {
      ...{ donation, donor: 'JMF', happenedAt: '2020-03-13' },
      lines: [{ item: 'MASK', quantity: 500, destination: 'IT' }],
    },
  }),
  (donation) => ({
    path: '/consignments',
    body: {
      ...{ consignment: `${donation}-C`, from: 'CNHGH', to: 'IT', happenedAt: '2020-03-14' },
      lines: [{ item: 'MASK', donation, quantity: 480 }],
    },
  }),
  (donation) => ({
    path: `/consignments/${donation}-C/deliveries`,
    body: {
      ...{ recipient: 'CROCE-ROSSA', proof: 'reported', happenedAt: '2020-03-15' },
      lines: [{ item: 'MASK', accepted: 470, rejected: 10 }],
    },
  }),
];
const NAMES = { JMF: 'CN', 'CROCE-ROSSA': 'IT' };

export class FieldOffice {
  readonly answered: Answered[] = [];
  private next = 0;
  private stopped = false;

  constructor(private readonly name: string) {}

  /** Records one command after the other until told to stop, or cut off; that command comes first next time. */
  async keepRecording(server: Server): Promise<void> {
    this.stopped = false;
    while (!this.stopped && (await this.record(server)));
  }

  stop(): void {
    this.stopped = true;
  }

  /** Records the next command; false when nobody answered. Throws what was answered instead of "recorded". */
  async record(server: Server): Promise<boolean> {
    const { path, body } = this.command();
    const commandId = `${this.name}-command-${this.next}`;
    const reply = await server.post(path, body, commandId).catch(() => undefined);
    if (!reply) return false;
    if (reply.status !== 201)
      throw new Error(`${commandId} was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    this.answered.push({ ...(reply.body as unknown as Answered), commandId });
    this.next++;
    return true;
  }

  private command(): Given {
    const gift = Math.floor(this.next / STEPS.length);
    return STEPS[this.next % STEPS.length]!(`${this.name}-${gift}`);
  }
}

/** Registers who gives and who receives, whether they are known already or not. */
export async function registerOrganisations(server: Server): Promise<void> {
  for (const [organisation, country] of Object.entries(NAMES)) {
    const body = { organisation, name: organisation, country, happenedAt: '2020-03-01' };
    const { status } = await server.post('/catalogue/organisations', body, `register-${organisation}`);
    if (status !== 201) throw new Error(`${organisation} was answered ${status}`);
  }
}
