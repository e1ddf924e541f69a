import { readFile } from 'node:fs/promises';
import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { CliContext } from './context.ts';

/**
 * The categories file as bytes and as what it says.
 *
 * @throws MaskloopError `UnreadableFile`, `InvalidCategories`
 */
export async function readCategories(
  context: CliContext,
  file: string,
): Promise<{ bytes: Uint8Array; categories: readonly Category[] }> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    throw new MaskloopError('UnreadableFile', `The categories file ${file} cannot be read (${code}).`, {
      facts: { file, reason: code },
      cause: error,
    });
  });
  return { bytes, categories: await context.parseCategories(bytes.toString('utf8'), file) };
}
