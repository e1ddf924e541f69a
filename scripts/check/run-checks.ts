import type { Check } from './check.ts';

/**
 * Runs all checks, one after the other, whatever they find, and prints a line for each; what is wrong follows it.
 *
 * @returns titles of the checks that found something, threw, or read no file
 */
export async function runChecks(
  root: string,
  checks: readonly Check[],
  print: (text: string) => void,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const check of checks) {
    const startedAt = performance.now();
    const { files, problems, note } = await findingsOf(check, root);
    const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    const wrong = [problems, files === 0 ? 'It read no file.' : ''].filter(Boolean).join('\n');
    if (wrong !== '') failed.push(check.title);
    const mark = wrong === '' ? 'ok    ' : 'FAILED';
    const extra = note === undefined ? '' : `, ${note}`;
    print(`${mark} ${check.title.padEnd(30)} ${String(files).padStart(5)} files ${took.padStart(7)}${extra}\n`);
    if (wrong !== '') print(`${wrong.replace(/^/gm, '       ')}\n`);
  }
  const verdict = failed.length === 0 ? `all ${checks.length} checks passed` : `failed: ${failed.join(', ')}`;
  print(`${checks.length === 0 ? 'there is no check' : verdict}\n`);
  return failed;
}

async function findingsOf(check: Check, root: string): ReturnType<Check['run']> {
  try {
    return await check.run(root);
  } catch (error) {
    return { files: 0, problems: String(error) };
  }
}
