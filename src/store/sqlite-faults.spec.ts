// store: what SQLite and the system say in codes is said in sentences that name the file and what to do.
import { DamagedLog } from './damaged-log.js';
import { DiskFault, inWords } from './sqlite-faults.js';

const FILE = '/data/events.db';
const inSqlite = (message: string, errcode: number) => Object.assign(new Error(message), { errcode });
const inSystem = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('a fault of the disk', () => {
  it.each([
    ['full, says SQLite', inSqlite('database or disk is full', 13), /^The disk is full: nothing of this was recorded/],
    ['full, says the system', inSystem('no space left on device', 'ENOSPC'), /^The disk is full: nothing of this/],
    ['full for this user', inSystem('quota exceeded', 'EDQUOT'), /^The disk is full: nothing of this was recorded/],
    ['read-only', inSqlite('attempt to write a readonly database', 8), /^The disk is read-only: nothing of this was/],
    ['read-only, says the system', inSystem('read-only file system', 'EROFS'), /^The disk is read-only: nothing/],
    ['not for this user', inSystem('permission denied', 'EACCES'), /^The disk is read-only: nothing of this was/],
    [
      'failing',
      inSqlite('disk I/O error', 10 | (3 << 8)),
      /^The disk failed or takes nothing more \(disk I\/O error\)/,
    ],
    ['failing, says the system', inSystem('i/o error', 'EIO'), /^The disk failed or takes nothing more/],
    ['out of reach', inSqlite('unable to open database file', 14), /cannot be opened \(unable to open database file\)/],
  ])('is said with the file and what to do when it is %s', (_, error, sentence) => {
    const said = inWords(error, FILE);

    expect(said).toBeInstanceOf(DiskFault);
    expect(said.message).toMatch(sentence);
    expect(said.message).toContain(FILE);
    expect(said.name).toBe('DiskFault');
  });

  it('is said the same when the error came from another thread, as data', () => {
    const { message } = inWords(inSqlite('database or disk is full', 13), FILE);

    expect(inWords({ message: 'database or disk is full', errcode: 13 }, FILE)).toMatchObject({ message });
  });
});

describe('damage', () => {
  it.each([
    ['malformed', inSqlite('database disk image is malformed', 11)],
    ['an index that lost an entry', inSqlite('database disk image is malformed', 11 | (3 << 8))],
    ['no database', inSqlite('file is not a database', 26)],
    ['found in another thread', { message: 'long', fault: 'the entry at position 3 is missing' }],
  ])('is a damaged log: %s', (_, error) => {
    const said = inWords(error, FILE);

    expect(said).toBeInstanceOf(DamagedLog);
    expect(said.message).toMatch(/^\/data\/events\.db is damaged: .*write nothing more.*Restore the latest backup/);
  });
});

describe('any other error', () => {
  it('stays what it is', () => {
    const error = new Error('something else');

    expect(inWords(error, FILE)).toBe(error);
  });

  it('of the writer’s thread says that the entry was not taken', () => {
    expect(inWords({ message: 'cannot store REAL value' }, FILE).message).toBe(
      'The log did not take the entry: cannot store REAL value.',
    );
  });

  it('that is said in words already is not said again', () => {
    const said = inWords(inSqlite('database or disk is full', 13), FILE);

    expect(inWords(said as DiskFault, '/another')).toBe(said);
  });
});
