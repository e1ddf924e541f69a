import type { Category } from '../contracts/categories.ts';
import type { CliContext } from './context.ts';
import { readInputFile } from './read-input-file.ts';

/**
 * The categories file as bytes and as what it says.
 *
 * @throws MaskloopError `UnreadableFile`, `InvalidCategories`
 */
export async function readCategories(
  context: CliContext,
  file: string,
): Promise<{ bytes: Uint8Array; categories: readonly Category[] }> {
  const bytes = await readInputFile('categories file', file);
  return { bytes, categories: await context.parseCategories(bytes.toString('utf8'), file) };
}
