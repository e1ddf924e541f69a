import { MaskloopError } from '../contracts/error.ts';
import type { ConvertedMask } from './converted-mask.ts';
import { maskFromLine } from './mask-lines.ts';

/**
 * Reads what `masksToLines` wrote, as it comes: memory holds one chunk and one line, however many masks there are.
 *
 * @param chunks pieces of the text, cut anywhere
 * @param where what the text is, for messages
 * @throws MaskloopError `InvalidDataset` for anything else, and for a text that ends inside a line
 */
export async function* readMaskLines(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<ConvertedMask, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 0;
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      yield maskFromLine(text, `${where}, line ${line}`);
    }
  }
  if (rest + decoder.decode() === '') return;
  throw new MaskloopError('InvalidDataset', `${where} ends inside line ${line + 1}.`, { facts: { file: where } });
}
