import { BackgroundFailure } from '../background.ts';

/**
 * A failure to read a COCO document in the words of 2.54.1: it names the file but not what is wrong with it, and of a
 * fault in an annotation no more than the kind of exception.
 */
export function inOlderWords(failure: unknown): unknown {
  if (!(failure instanceof BackgroundFailure)) return failure;
  const [frame] = /^Failed to import dataset '\w+' at '[^']+'/.exec(failure.message) ?? [];
  if (frame !== undefined) return new BackgroundFailure(failure.pythonClass, `${frame}.`);
  const isItem = failure.message.startsWith('Failed to import item');
  return isItem ? new BackgroundFailure('datumaro.components.contexts.importer._ImportFail', '') : failure;
}
