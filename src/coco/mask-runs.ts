import { columnMajorChanges, type ChangesLimit } from './changes.ts';
import type { Mask } from './mask.ts';
import type { ClassRuns } from './run-collector.ts';
import { RunEmitter } from './run-emitter.ts';

/**
 * The runs, area and box of every value of a mask except 0, in ascending order of value, from one walk over the
 * places where the value changes.
 *
 * @throws MaskloopError `ImageTooLarge` for more changes than allowed
 */
export function maskRuns(mask: Mask, emitter = new RunEmitter(), limit: ChangesLimit = {}): readonly ClassRuns[] {
  const { width, height, values } = mask;
  const changes = columnMajorChanges(mask, limit);
  emitter.begin(height);
  for (const position of changes) {
    const x = Math.floor(position / height);
    emitter.change(position, values[(position - x * height) * width + x]!);
  }
  return emitter.finish(width * height);
}
