import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const VENV = resolve(import.meta.dirname, '../../.cache/pycocotools-venv');
const PACKAGES = ['pycocotools', 'numpy', 'pillow'];

/** The interpreter that {@link preparePython} makes. */
export const PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** A failure whose message is all that the person at the terminal needs. */
export class ScriptFailed extends Error {}

/** Runs a script to its end; what it says of its failure is printed without a stack, anything else with one. */
export async function runScript(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof ScriptFailed ? error.message : error);
    process.exitCode = 1;
  }
}

/** Runs a program to its end and returns what it printed. */
export function run(program: string, args: readonly string[], hint: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new ScriptFailed(`${hint}\n${error?.message ?? stderr.trim()}`);
}

/**
 * Makes the Python environment with pycocotools, which is kept between runs; a half-made one is made again.
 *
 * @returns the packages and their versions
 */
export function preparePython(): string {
  const show =
    'import importlib.metadata as m; print(*(f"{p} {m.version(p)}" for p in ' + JSON.stringify(PACKAGES) + '))';
  const check = ['-c', `import numpy, PIL.Image, pycocotools.mask; ${show}`];
  if (!existsSync(PYTHON) || spawnSync(PYTHON, check).status !== 0) {
    const version = run('python3', ['--version'], 'python3 is missing: install Python 3.9 or newer with venv and pip.');
    console.log(`making ${VENV} with ${version.trim()}`);
    run('python3', ['-m', 'venv', '--clear', VENV], 'python3 cannot make an environment: install its venv package.');
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES];
    run(PYTHON, pip, `pip cannot install ${PACKAGES.join(', ')}:`);
  }
  return run(PYTHON, check, 'The Python environment is unusable.').trim();
}
