// The files of the project, as paths from its root.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** All files below a folder whose path fits, with `/` between folders everywhere. */
export function filesIn(folder: string, fits: RegExp): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').slice(ROOT.replaceAll('\\', '/').length))
    .filter((path) => fits.test(path) && !path.includes('node_modules/'))
    .sort();
}

export const textOf = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');
