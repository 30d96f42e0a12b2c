// The page at /api, which is made when somebody first asks for it.
import { Api } from './app.js';

describe('the page at /api', () => {
  let api: Api;
  beforeAll(async () => {
    api = await Api.open();
  });
  afterAll(() => api.close());

  it('answers all who ask before it is made', async () => {
    const replies = await Promise.all(['/api', '/api/', '/api-json', '/api-yaml'].map((url) => api.get(url)));

    expect(replies.map(({ status, headers }) => [status, headers['content-type']])).toEqual([
      [200, 'text/html'],
      [200, 'text/html'],
      [200, 'application/json; charset=utf-8'],
      [200, 'text/yaml'],
    ]);
  });

  it('brings its own files, as they are', async () => {
    const [script, style] = await Promise.all([
      api.get('/api/swagger-ui-init.js'),
      api.get('/api/swagger-ui.css', { 'if-none-match': 'another' }),
    ]);

    expect(script.text).toContain('"title": "Relief Ledger"');
    expect([style.status, style.headers['content-length']]).toEqual([200, `${Buffer.byteLength(style.text)}`]);
    const again = await api.get('/api/swagger-ui.css', { 'if-none-match': String(style.headers['etag']) });
    expect(again.status).toBe(304);
  });

  it('says in the words of the house that there is no such file', async () => {
    const reply = await api.get('/api/nothing.css', { 'x-correlation-id': 'who-asks' });

    expect([reply.status, reply.json]).toEqual([
      404,
      { status: 404, code: 'UNKNOWN', message: 'Cannot GET /api/nothing.css' },
    ]);
    expect(reply.headers['x-correlation-id']).toBe('who-asks');
  });

  it('is counted as one route, whatever is asked of it', async () => {
    await api.get('/api/swagger-ui.css');
    const { text } = await api.get('/metrics');

    expect(text).toMatch(/relief_http_requests_total\{method="GET",route="\/api\/\*",status="200"\} \d/);
    expect(text).not.toContain('swagger-ui');
  });
});
