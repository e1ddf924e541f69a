import type { Cvat } from '../../src/cvat/cvat.ts';

/** A client whose imports are disturbed directly before the last look. */
export function disturbedBeforeImport(cvat: Cvat, disturb: () => Promise<void>): Cvat {
  return {
    ...cvat,
    startImport: async (taskId, document, options = {}) =>
      cvat.startImport(taskId, document, {
        ...options,
        beforeImport: async () => {
          await disturb();
          await options.beforeImport?.();
        },
      }),
  };
}
