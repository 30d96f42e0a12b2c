// The lines that the server writes about its own running.
import { randomUUID } from 'node:crypto';
import { logLevel, type LogLevel } from '../../src/nest/log-level.js';
import { serverLog } from '../../src/nest/server-log.js';
import { STORES, type Stores } from '../../src/store/stores.js';
import { textOf } from '../architecture/files.js';
import { Api, organisations, type Reply } from './app.js';

const happenedAt = '2020-03-16';
const pledge = (donation: string) => ({
  happenedAt,
  donation,
  donor: 'JMF',
  note: 'asked for by Maria Rossi',
  lines: [{ item: 'MASK', quantity: 10, destination: 'IT' }],
});

type Line = Readonly<Record<string, unknown>>;

class Written {
  private text = '';

  write(line: string): void {
    this.text += line;
  }

  /** Every line since the last look, each a JSON object. */
  take(): Line[] {
    const lines = this.text.split('\n').filter((line) => line !== '');
    this.text = '';
    return lines.map((line) => JSON.parse(line) as Line);
  }
}

async function opened(level: LogLevel) {
  const written = new Written();
  const api = await Api.open({ kind: 'memory' }, serverLog(level, written));
  await organisations(api);
  written.take();
  return { api, written };
}

describe('a server that writes from info up', () => {
  let api: Api;
  let written: Written;

  beforeAll(async () => {
    ({ api, written } = await opened('info'));
  });

  beforeEach(() => void written.take());

  afterAll(() => api.close());

  const eventOf = async ({ json }: Reply) => {
    const { events } = (await api.get(`/events?from=${json.position - 1}&limit=1`)).json;
    return events[0] as { commandId: string; correlationId: string };
  };

  it('writes one line about a command: what it was, what became of it, whose it was, ids only', async () => {
    const key = randomUUID();
    const headers = { 'idempotency-key': key, 'relief-actor': 'u-17:logistician', 'x-correlation-id': 'truck-9' };
    await api.post('/donations', pledge('DON-1'), headers);

    expect(written.take()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        msg: 'request',
        method: 'POST',
        route: '/donations',
        status: 201,
        milliseconds: expect.any(Number),
        correlationId: 'truck-9',
        commandId: key,
        actorId: 'u-17',
      },
    ]);
  });

  it('writes one line about a question, which has neither command nor actor', async () => {
    await api.get('/donations/DON-1?after=1');

    const [line, ...more] = written.take();
    expect(more).toEqual([]);
    expect(Object.keys(line!)).toEqual([
      'level',
      'time',
      'method',
      'route',
      'status',
      'milliseconds',
      'correlationId',
      'msg',
    ]);
    expect(line).toMatchObject({ method: 'GET', route: '/donations/:donation', status: 200 });
  });

  it('writes no field that the page about monitoring does not explain', async () => {
    await api.post('/donations', pledge('DON-5'));
    const { log } = api.app.get<Stores>(STORES);
    const read = log.readStream.bind(log);
    log.readStream = () => Promise.reject(new Error('The disk is gone.'));
    await api.get('/donations/DON-1');
    log.readStream = read;
    const fields = new Set(written.take().flatMap((line) => Object.keys(line)));
    const [, page] = textOf('docs/monitoring.md').split('## The server log');
    const explained = page!
      .split('\n')
      .flatMap((row) => /^\| (`\w+`(?:, `\w+`)*) \|/.exec(row)?.[1]?.match(/\w+/g) ?? []);

    expect(explained.filter((field) => field !== 'context').sort()).toEqual([...fields].sort());
  });

  it.each([
    // the header,                      what is kept of it
    ['truck-9', 'truck-9'],
    ['two words', 'two words'],
    ['x'.repeat(101), 'x'.repeat(100)],
    ['caf\u00e9 9', 'caf 9'],
  ])('names the line, the event and the answer alike: %s', async (header, kept) => {
    const reply = await api.post('/donations', pledge(`DON-${randomUUID().slice(0, 8).toUpperCase()}`), {
      'x-correlation-id': header,
    });
    const [line] = written.take();
    const event = await eventOf(reply);

    expect(reply.status).toBe(201);
    expect([reply.headers['x-correlation-id'], line!['correlationId'], event.correlationId]).toEqual([
      kept,
      kept,
      kept,
    ]);
    expect(line!['commandId']).toBe(event.commandId);
    expect(event.commandId).not.toBe(kept);
  });

  it('takes the command id where no correlation id is given, and a new id where neither is', async () => {
    const key = randomUUID();
    for (const headers of [{ 'idempotency-key': key }, {}, { 'x-correlation-id': '\u00e9' }]) {
      const donation = `DON-${randomUUID().slice(0, 8).toUpperCase()}`;
      written.take();
      const reply = await api.post('/donations', pledge(donation), headers as Record<string, string>);
      const [line] = written.take();
      const event = await eventOf(reply);
      const id = 'idempotency-key' in headers ? key : expect.stringMatching(/^[0-9a-f-]{36}$/);

      expect([event.commandId, event.correlationId]).toEqual([id, id]);
      expect(line).toMatchObject({ commandId: event.commandId, correlationId: event.commandId });
      expect(reply.headers['x-correlation-id']).toBe(event.commandId);
    }
  });

  it('writes nothing of what was sent or asked: no body, no address, no name, also of what is refused', async () => {
    await api.post('/donations', pledge('DON-77'), { 'x-correlation-id': 'a', 'relief-actor': 'u-17:logistician' });
    await api.post('/donations', { ...pledge('DON-78'), colour: 'Maria Rossi' }, { 'x-correlation-id': 'b' });
    await api.post('/donations', pledge('DON-79'), { 'x-correlation-id': 'c', 'relief-actor': 'Maria Rossi' });
    await api.get('/donations/DON-77?secret=Rossi', { 'x-correlation-id': 'd' });
    await api.get('/nowhere/Rossi', { 'x-correlation-id': 'e' });
    const lines = written.take();

    expect(lines.map(({ correlationId, status, route }) => [correlationId, status, route])).toEqual([
      ['a', 201, '/donations'],
      ['b', 400, '/donations'],
      ['c', 400, '/donations'],
      ['d', 200, '/donations/:donation'],
      ['e', 404, 'none'],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/Rossi|DON-7|MASK|logistician|JMF/);
  });

  it('answers a request that nobody can be found for with its correlation id too', async () => {
    expect((await api.get('/nowhere', { 'x-correlation-id': 'lost-1' })).headers['x-correlation-id']).toBe('lost-1');
  });

  it('writes no line about a probe that is well, and one about a probe that is not', async () => {
    for (const url of ['/health', '/health/live', '/health/ready', '/metrics']) await api.get(url);
    expect(written.take()).toEqual([]);

    const { log } = api.app.get<Stores>(STORES);
    const reached = log.reached.bind(log);
    log.reached = () => Promise.reject(new Error('Gone.'));
    await api.get('/health/ready');
    log.reached = reached;
    expect(written.take()).toMatchObject([{ level: 'info', route: '/health/ready', status: 503 }]);
  });

  it('writes a fault of the program with its stack, and nothing that the error carries', async () => {
    const { log } = api.app.get<Stores>(STORES);
    const read = log.readStream.bind(log);
    log.readStream = () => Promise.reject(Object.assign(new Error('The disk is gone.'), { body: 'Maria Rossi' }));
    const reply = await api.get('/donations/DON-1', { 'x-correlation-id': 'truck-10' });
    log.readStream = read;

    expect(reply.status).toBe(500);
    const [fault, request, ...more] = written.take();
    expect(more).toEqual([]);
    expect(fault).toEqual({
      level: 'error',
      time: expect.any(String),
      msg: 'request failed',
      method: 'GET',
      route: '/donations/:donation',
      status: 500,
      correlationId: 'truck-10',
      err: { type: 'Error', message: 'The disk is gone.', stack: expect.stringContaining('server-log.api.spec') },
    });
    expect(request).toMatchObject({ level: 'info', status: 500, correlationId: 'truck-10' });
  });

  it('writes a moment in which it cannot answer as a warning', async () => {
    const { projector } = api.app.get<Stores>(STORES);
    const wait = projector.waitFor.bind(projector);
    projector.waitFor = async () => false;
    await api.get('/reports/countries?after=999999');
    projector.waitFor = wait;

    expect(written.take()).toMatchObject([
      { level: 'warn', status: 503, route: '/reports/countries', msg: 'request failed' },
      { level: 'info', status: 503 },
    ]);
  });
});

describe('a server that writes from warnings up', () => {
  it('writes nothing about requests that it answered, nor about its start', async () => {
    const written = new Written();
    const api = await Api.open({ kind: 'memory' }, serverLog('warn', written));
    await organisations(api);
    await api.get('/donations/NEVER');
    await api.close();

    expect(written.take()).toEqual([]);
  });
});

describe('a server that writes everything', () => {
  it('writes what Nest says, and about probes', async () => {
    const written = new Written();
    const api = await Api.open({ kind: 'memory' }, serverLog('debug', written));
    await api.get('/health/live');
    await api.close();

    const lines = written.take();
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'debug', context: 'RouterExplorer', msg: 'Mapped {/health/live, GET} route' }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ level: 'debug', route: '/health/live', status: 200 }));
  });
});

describe('the level of the lines', () => {
  it.each([
    [undefined, 'info'],
    ['', 'info'],
    ['debug', 'debug'],
    ['silent', 'silent'],
  ])('is, when the environment states %s, %s', (stated, level) => {
    expect(logLevel(stated, 'info')).toBe(level);
  });

  it('cannot be a word that is no level', () => {
    expect(() => logLevel('loud', 'info')).toThrow(
      'RELIEF_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent (was loud).',
    );
  });
});
