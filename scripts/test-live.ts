/**
 * Runs the contract suite on real servers: CVAT at CVAT_URL (with CVAT_USERNAME and CVAT_PASSWORD, or CVAT_TOKEN) and
 * MONAI Label at MONAI_LABEL_URL. CVAT_COLLEAGUE is the e-mail address of another account of that CVAT, who reviews. It works
 * in an organization, projects and images of its own and removes them; the model of MONAI Label is put back. MONAI_LABEL_RESTART is
 * a shell command that restarts MONAI Label; its last word is how: TERM or KILL, which processes that train survive, or KILL-ALL with
 * all processes that the server has started. Parts whose server is not named are reported as not run. Exit code 1 if a test fails,
 * 2 if no server is named.
 *
 * usage: tsx scripts/test-live.ts [words of jest, such as -t 'in imports']
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SUITE = fileURLToPath(new URL('../test/contract/live/servers.live.ts', import.meta.url));

async function run(words: readonly string[]): Promise<number> {
  if (!process.env['CVAT_URL'] && !process.env['MONAI_LABEL_URL']) {
    console.error('Nothing was run: set CVAT_URL, MONAI_LABEL_URL or both.');
    return 2;
  }
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const args = ['--testMatch', SUITE, '--reporters', 'default', '--runInBand', '--verbose', ...words];
  const child = spawn(process.execPath, [...flags, jest, ...args], { cwd: ROOT, stdio: 'inherit' });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

process.exitCode = await run(process.argv.slice(2));
