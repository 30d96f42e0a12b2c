// store: what SQLite says in codes, in words that can be acted on.
import { DamagedLog } from './damaged-log.ts';

/** The disk does not take or does not give what the log needs. Nothing of the append was recorded. */
export class DiskFault extends Error {
  override readonly name = 'DiskFault';
}

/** What is left of an error on its way between threads. */
export interface Fault {
  readonly message: string;
  /** What SQLite says: https://www.sqlite.org/rescode.html; the lowest byte is the kind. */
  readonly errcode?: number | undefined;
  /** What the system says. */
  readonly code?: string | undefined;
  /** What a `DamagedLog` says. */
  readonly fault?: string | undefined;
}

/** Kinds of result codes. */
const [READ_ONLY, DISK, CORRUPT, FULL, CANNOT_OPEN, NO_DATABASE] = [8, 10, 11, 13, 14, 26];

/** The same kinds as the system names them to whoever writes without SQLite. */
const KINDS: Readonly<Record<string, number>> = {
  ...{ ENOSPC: FULL, EDQUOT: FULL, EROFS: READ_ONLY, EACCES: READ_ONLY, EPERM: READ_ONLY, EIO: DISK },
};

const KEPT = 'nothing of this was recorded, and what was recorded before can be read';

/** The error in a sentence that names the file and says what to do; errors of no known kind stay as they are. */
export function inWords(error: Fault, file: string): Error {
  if (error instanceof DamagedLog || error instanceof DiskFault) return error;
  if (error.fault !== undefined) return new DamagedLog(file, error.fault);
  const { message, code = '', errcode = KINDS[code] ?? 0 } = error;
  switch (errcode & 0xff) {
    case FULL:
      return new DiskFault(`The disk is full: ${KEPT}. Make space on the disk of ${file}, then send it again.`);
    case READ_ONLY:
      return new DiskFault(
        `The disk is read-only: ${KEPT}. Make ${file} and what lies around it writable, then start again.`,
      );
    case DISK:
      return new DiskFault(
        `The disk failed or takes nothing more (${message}): ${KEPT}. See what ails the disk of ${file}, then start again.`,
      );
    case CANNOT_OPEN:
      return new DiskFault(`${file} cannot be opened (${message}). Its folder must be there, readable and writable.`);
    case CORRUPT:
    case NO_DATABASE:
      return new DamagedLog(file, `parts of it are cut off or overwritten (${message})`);
    default:
      return error instanceof Error ? error : new Error(`The log did not take the entry: ${message}.`);
  }
}

/** Runs `work` on a file; what it throws is said in words. */
export function saidFor<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inWords(error as Fault, file);
  }
}
