// architecture: the image and the three ways to run it keep what docs/operations.md and docs/cluster.md promise.
import { existsSync } from 'node:fs';
import { parse } from 'yaml';
import { filesIn, ROOT, textOf } from './files.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Composition {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal: boolean } | null>>;
}

const TEXT = textOf('docker-compose.yml');
const DOCKERFILE = textOf('Dockerfile');
const PROXY = textOf('deploy/haproxy.cfg');
const { services, volumes, networks } = parse(TEXT, { merge: true }) as Composition;
const { devDependencies } = JSON.parse(textOf('package.json')) as { devDependencies: Record<string, string> };

const DEVELOPMENT_PASSWORD = '${EVENT_STORE_PASSWORD:-development-only}';
const STORES = ['store-1', 'store-2', 'store-3'];
const NODES = ['relief-a', 'relief-b'];
const all = Object.entries(services);
const lasting = all.filter(([, { restart }]) => restart !== 'no');
const namesOf = (found: readonly (readonly [string, Service])[]) => found.map(([name]) => name).sort();
const valuesOf = (service: string) => services[service]!.environment ?? {};
/** `name` of the volume or file on this machine, and where the container sees it. */
const mountsOf = ({ volumes: mounts = [] }: Service) =>
  mounts.map((mount) => {
    const [from, to, mode] = mount.split(':');
    return { from: from!, to: to!, mode };
  });

describe('a profile', () => {
  const of = (profile?: string) => namesOf(all.filter(([, { profiles }]) => profiles?.[0] === profile));

  it('is not needed for one node with its log in a file', () => expect(of()).toEqual(['relief']));

  it('`single` is one node and one event store', () => expect(of('single')).toEqual(['relief-single', 'store']));

  it('`cluster` is three event stores with certificates, and two nodes behind a proxy', () => {
    expect(of('cluster')).toEqual(['certificates', 'proxy', ...NODES, ...STORES]);
  });

  it('is the only one of its service', () => {
    expect(all.filter(([, { profiles }]) => (profiles?.length ?? 1) !== 1)).toEqual([]);
  });
});

describe('an image', () => {
  const bases = [...DOCKERFILE.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image!);
  const fetched = all.flatMap(([, { image, build }]) => (build === undefined ? [image ?? 'none'] : []));

  it('has one exact version', () => {
    expect([...bases, ...fetched].filter((image) => !/^[\w./-]+:\d+\.\d+\.\d+(-[\w.-]+)?$/.test(image))).toEqual([]);
    expect(fetched.length).toBeGreaterThan(4);
  });

  it('of the application runs on the Node that the tests run on', () => {
    expect(new Set(bases)).toEqual(new Set([`node:${devDependencies['node']}-bookworm-slim`]));
    expect(bases).toHaveLength(2);
  });

  it('of the application does not run as root, says when it is dead, and brings no tools for development', () => {
    const [, , last = ''] = DOCKERFILE.split(/^FROM /m);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK .*\n.*\/health\/live/m);
    expect(last).toContain('LABEL org.opencontainers.image.title=');
    expect(last).not.toMatch(/^RUN .*(npm|apt)/m);
    expect(DOCKERFILE).toContain('npm prune --omit=dev');
  });

  it('of the application gets every file that its building names', () => {
    const letIn = [...textOf('.dockerignore').matchAll(/^!(.+?)\/?$/gm)].map(([, path]) => path!);
    const kept = [...DOCKERFILE.matchAll(/--from=build \/app\/(\S+)/g)].map(([, path]) => path!);
    expect(kept.filter((path) => !['node_modules', 'dist', ...letIn].includes(path))).toEqual([]);
    expect(letIn.filter((path) => !existsSync(`${ROOT}${path}`))).toEqual([]);
  });
});

describe('a service that lasts', () => {
  it('is every one but the maker of certificates', () => {
    expect(namesOf(all.filter(([, { restart }]) => restart === 'no'))).toEqual(['certificates']);
  });

  it('starts again when it ends, and says whether it is well', () => {
    const careless = lasting.filter(([, { restart, healthcheck }]) => restart !== 'unless-stopped' || !healthcheck);
    expect(namesOf(careless)).toEqual([]);
  });

  it('of the application is well when it is ready, and writes nowhere but in its volumes', () => {
    const built = lasting.filter(([, { build }]) => build !== undefined);
    expect(namesOf(built)).toEqual(['relief', ...NODES, 'relief-single']);
    expect(namesOf(built.filter(([, service]) => !service.read_only))).toEqual([]);
    expect(built.filter(([, { healthcheck }]) => !healthcheck!.test.join(' ').includes('/health/ready'))).toEqual([]);
  });

  it('waits for what it needs', () => {
    const waits = (service: string) =>
      Object.entries(services[service]!.depends_on ?? {}).map(([name, { condition }]) => `${name} ${condition}`);
    const healthy = STORES.map((name) => `${name} service_healthy`);
    expect(waits('relief-single')).toEqual(['store service_healthy']);
    expect(NODES.map(waits)).toEqual([healthy, healthy]);
    expect(new Set(STORES.flatMap(waits))).toEqual(new Set(['certificates service_completed_successfully']));
    expect(waits('proxy')).toEqual(NODES.map((name) => `${name} service_started`));
  });
});

describe('from outside', () => {
  const published = all.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port] as const));

  it('only this machine reaches a node or the proxy, each at a port of its own', () => {
    expect(published.map(([name]) => name).sort()).toEqual(['proxy', 'relief', 'relief-single']);
    expect(published.filter(([, port]) => !/^127\.0\.0\.1:\d+:3000$/.test(port))).toEqual([]);
    expect(new Set(published.map(([, port]) => port)).size).toBe(published.length);
  });

  it('nobody reaches a store, and a store reaches nobody', () => {
    expect(networks['log']).toEqual({ internal: true });
    const open = ['store', ...STORES].filter((name) => services[name]!.networks?.join() !== 'log');
    expect(open).toEqual([]);
    expect(services['certificates']!.network_mode).toBe('none');
  });
});

describe('a setting', () => {
  const read = [...filesIn('src', /[.]ts$/), 'README.md'].map(textOf).join('\n');

  it('of the application is one that the application or its README knows', () => {
    const used = new Set([TEXT, DOCKERFILE].flatMap((text) => text.match(/\bRELIEF_[A-Z_]+/g) ?? []));
    expect([...used].filter((name) => !read.includes(name))).toEqual([]);
    expect([...used]).toEqual(expect.arrayContaining(['RELIEF_DATA', 'RELIEF_EVENT_STORE', 'RELIEF_ATTACHMENTS']));
  });

  it('that is secret comes from outside; its one default says what it is for', () => {
    const settings = all.flatMap(([, { environment = {} }]) => Object.entries(environment));
    const secret = settings.filter(([name]) => /(PASSWORD|SECRET|TOKEN)$/.test(name)).map(([, value]) => value);
    expect(new Set(secret)).toEqual(new Set([DEVELOPMENT_PASSWORD]));
    const signedIn = settings.flatMap(([, value]) => /^esdb\S*:\/\/\w+:(.+)@/.exec(String(value))?.[1] ?? []);
    expect(signedIn).toEqual(NODES.map(() => DEVELOPMENT_PASSWORD));
    expect(TEXT.replaceAll(DEVELOPMENT_PASSWORD, '')).not.toMatch(/changeit|development-only|BEGIN .*KEY/);
  });

  it('of the cluster names all three stores and trusts their authority only', () => {
    for (const node of NODES) {
      const address = String(valuesOf(node)['RELIEF_EVENT_STORE']);
      expect(address).toContain(`@${STORES.map((name) => `${name}:2113`).join()}?tls=true&tlsCAFile=/trust/ca.crt`);
    }
  });

  it('tells each store its own name and the other two', () => {
    for (const name of STORES) {
      const others = STORES.filter((other) => other !== name).map((other) => `${other}:2113`);
      expect(valuesOf(name)).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: 3,
        KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
        KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: name,
        KURRENTDB_GOSSIP_SEED: others.join(),
      });
    }
  });
});

describe('a volume', () => {
  const mounts = all.flatMap(([service, given]) => mountsOf(given).map((mount) => ({ service, ...mount })));
  const usersOf = (volume: string) => mounts.filter(({ from }) => from === volume).map(({ service }) => service);

  it('is declared and used', () => {
    const named = mounts.map(({ from }) => from).filter((from) => !from.startsWith('.'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
  });

  it('of files of this folder is there, and is not written', () => {
    const files = mounts.filter(({ from }) => from.startsWith('.'));
    expect(files.filter(({ from, mode }) => !existsSync(`${ROOT}${from}`) || mode !== 'ro')).toEqual([]);
    expect(files.map(({ from }) => from)).toEqual(['./deploy/haproxy.cfg', './deploy/certificates.sh']);
  });

  it('with a log or reports belongs to one service', () => {
    const own = mounts.filter(({ to }) => to === '/data' || to === '/var/lib/kurrentdb').map(({ from }) => from);
    expect(new Set(own).size).toBe(own.length);
    expect(own).toHaveLength(8);
  });

  it('with attachments is shared by the nodes that name it', () => {
    expect(usersOf('attachments')).toEqual(NODES);
    expect(NODES.map((name) => valuesOf(name)['RELIEF_ATTACHMENTS'])).toEqual(['/attachments', '/attachments']);
  });

  it('with a private key is seen by its owner and its maker only', () => {
    expect(usersOf('authority')).toEqual(['certificates']);
    for (const name of STORES) expect(usersOf(`${name}-certificate`)).toEqual([name, 'certificates']);
  });
});

describe('the proxy', () => {
  it('knows every node of the cluster, and no other', () => {
    const servers = [...PROXY.matchAll(/^ {2}server (\S+) (\S+)$/gm)].map(([, name, address]) => [name, address]);
    expect(servers).toEqual(NODES.map((name) => [name, `${name}:3000`]));
  });

  it('sends requests to nodes that are ready, and repeats only those that ask', () => {
    expect(PROXY).toContain('option httpchk GET /health/ready');
    expect(PROXY).toContain('http-request disable-l7-retry unless METH_GET');
  });
});
