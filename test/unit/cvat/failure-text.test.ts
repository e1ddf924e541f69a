import { describe, expect, it } from '@jest/globals';
import { failureText } from '../../../src/cvat/failure-text.ts';

describe('text of a failed request', () => {
  it.each([
    [
      "cvat.apps.dataset_manager.bindings.CvatImportError: Could not match item id: 'a' with any task frame\n",
      "Could not match item id: 'a' with any task frame",
    ],
    [
      "cvat.x.CvatImportError: Image frame_0: can't import annotation #0 (mask): Label 'Nope' is not registered\n",
      "Image frame_0: can't import annotation #0 (mask): Label 'Nope' is not registered",
    ],
    ['ValueError: No media data found\n', 'No media data found'],
    ['PIL.UnidentifiedImageError: cannot identify image file x.png\n', 'cannot identify image file x.png'],
    [
      'Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ',
      'Work-horse terminated unexpectedly; waitpid returned 9 (signal 9);',
    ],
    ['Job was stuck in intermediate queue.', 'Job was stuck in intermediate queue.'],
    ['datumaro.components.contexts.importer._ImportFail\n', 'datumaro.components.contexts.importer._ImportFail'],
    ['Traceback (most recent call last):\n  File "a.py", line 3\n    run()\na.b.CError: the end\n', 'the end'],
    ['', ''],
  ])('of %j is %j', (message, text) => {
    expect(failureText(message)).toBe(text);
  });
});
