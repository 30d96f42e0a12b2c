// cli: files that somebody names.
import { readFileSync } from 'node:fs';

/** The bytes of a file. Throws a sentence when there is none. */
export function contentOf(file: string | URL): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new Error(`There is no file ${String(file)}.`);
  }
}
