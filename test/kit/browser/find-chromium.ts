import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * The Chromium that browser tests and screenshots use: what MASKLOOP_CHROMIUM names, else Debian's, else the first on the PATH.
 * Null where there is none.
 *
 * @throws Error if MASKLOOP_CHROMIUM names no program
 */
export function findChromium(env: NodeJS.ProcessEnv): string | null {
  const named = env['MASKLOOP_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`MASKLOOP_CHROMIUM is no program: ${named}`);
  }
  const folders = ['/usr/bin', ...(env['PATH'] ?? '').split(path.delimiter)].filter((folder) => folder !== '');
  const places = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return places.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
