import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/**
 * Folder in which fetched binaries stay: `.cache/temporal` of a checkout, or `~/.cache/maskloop/temporal`
 * (`$XDG_CACHE_HOME/maskloop/temporal`) for an installed package, whose own folder may be read-only.
 *
 * @param here folder of a module two levels below the package, like `src/temporal-binaries`
 */
export function cacheFolder(env: NodeJS.ProcessEnv, here: string = HERE): string {
  const root = path.resolve(here, '../..');
  if (!root.split(path.sep).includes('node_modules')) return path.join(root, '.cache', 'temporal');
  const xdg = env['XDG_CACHE_HOME'];
  const caches = xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.cache');
  return path.join(caches, 'maskloop', 'temporal');
}
