import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** Longest time that one step of fetching a binary may take. */
const STEP_TIMEOUT_MS = 10 * 60_000;

/** A program ended with an error or is not installed. `missing` tells the two apart. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
  readonly missing: boolean;

  constructor(program: string, cause: { code?: unknown; stderr?: unknown }) {
    const missing = cause.code === 'ENOENT';
    const lines = typeof cause.stderr === 'string' ? cause.stderr.trim().split('\n') : [];
    const reason = lines.findLast((line) => line.trim() !== '')?.trim() ?? `ended with ${String(cause.code)}`;
    super(missing ? `${program} is not installed` : `${program}: ${reason.slice(0, 300)}`, { cause });
    this.missing = missing;
  }
}

/**
 * Runs a program, looked for on the PATH of `env`, to its end and returns what it wrote to stdout.
 *
 * @throws ProgramFailed with the last line of its stderr if it cannot be started or ends with an error
 */
export async function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const limits = { timeout: STEP_TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 };
    const { stdout } = await execFileAsync(program, args, { ...limits, env });
    return stdout;
  } catch (error) {
    throw new ProgramFailed(program, typeof error === 'object' && error !== null ? error : {});
  }
}
