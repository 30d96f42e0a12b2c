// What every file of the house keeps to.
import { filesIn, textOf } from './files.js';

const sources = filesIn('src', /[.]ts$/);
const shipped = sources.filter((path) => !/[.]spec[.]ts$/.test(path));
const specs = [...sources.filter((path) => /[.]spec[.]ts$/.test(path)), ...filesIn('test', /[.]ts$/)];

const LINES_MAX = 250;

/** `path: what was found`, for every file where something was. */
const found = (paths: readonly string[], wrong: RegExp) =>
  paths.flatMap((path) => (textOf(path).match(new RegExp(wrong, 'g')) ?? []).map((what) => `${path}: ${what}`));

it('there are files to look at', () => {
  expect(shipped.length).toBeGreaterThan(60);
  expect(specs.length).toBeGreaterThan(15);
});

it(`no file has more than ${LINES_MAX} lines`, () => {
  const linesOf = (path: string) => textOf(path).trimEnd().split('\n').length;

  expect(shipped.filter((path) => linesOf(path) > LINES_MAX).map((path) => `${path}: ${linesOf(path)} lines`)).toEqual(
    [],
  );
});

it('no work is left over', () => {
  const words = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X:', 'HA' + 'CK'];

  expect(found([...sources, ...specs], new RegExp(`\\b(${words.join('|')})`))).toEqual([]);
});

it('every source file says in its first line which room it is in', () => {
  const wrong = shipped.filter((path) => {
    const [, folder] = /^src\/(?:([^/]+)\/)?/.exec(path)!;
    const room = folder?.replaceAll('-', ' ');
    return !textOf(path).startsWith(room ? `// ${room}: ` : '// ');
  });

  expect(wrong).toEqual([]);
});

describe('a decision is the same today and in a replay:', () => {
  const rooms = shipped.filter((path) =>
    /^src\/(donation|consignment|hub|lot|catalogue|goods-ledger|country-report)\//.test(path),
  );
  const hearts = rooms.filter((path) => /^src\/(donation|consignment|hub|lot|catalogue)\/[^/.]+[.]ts$/.test(path));
  const kernel = shipped.filter((path) => path.startsWith('src/kernel/') && path !== 'src/kernel/clock.ts');
  /** Waiting is measured, not recorded. */
  const waits = 'src/kernel/projector.ts';

  it('there are hearts and a kernel', () => {
    expect(hearts).toEqual(
      expect.arrayContaining(['src/donation/donation.ts', 'src/consignment/consignment.ts', 'src/hub/hub.ts']),
    );
    expect(kernel).toContain('src/kernel/transact.ts');
  });

  it('no room and no part of the kernel asks the clock of the machine', () => {
    expect(found([...rooms, ...kernel], /Date[.]now\(|new Date\(\)|DateTime[.](now|local|utc)\(/)).toEqual([]);
    expect(
      found(
        [...rooms, ...kernel].filter((path) => path !== waits),
        /performance[.]now\(|setTimeout\(/,
      ),
    ).toEqual([]);
  });

  it('no room and no part of the kernel leaves anything to chance', () => {
    expect(found([...rooms, ...kernel], /Math[.]random\(|randomUUID|randomBytes|getRandomValues/)).toEqual([]);
  });

  it('no heart waits for anything', () => {
    expect(found(hearts, /\basync\b|\bawait\b|\bPromise\b/)).toEqual([]);
  });
});

it('no spec stands alone or is left out', () => {
  const words = [
    '[.]on' + 'ly\\b',
    '[.]sk' + 'ip\\b',
    '[.]to' + 'do\\b',
    '\\bf(it|describe)\\(',
    '\\bx(it|test|describe)\\(',
  ];

  expect(found(specs, new RegExp(words.join('|')))).toEqual([]);
});
