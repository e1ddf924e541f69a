import type { Category } from '../contracts/categories.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { Cvat, Label } from '../cvat/cvat.ts';
import { labelColor } from '../labels/label-colors.ts';

/** Another iteration may add the same labels at the same time; then those that are left are tried again. */
const TRIES = 3;

/** The labels of a project after the missing ones were added. */
export interface SyncedLabels {
  readonly labels: readonly Label[];
  /** Names of those that were added by this call. */
  readonly added: readonly string[];
}

/**
 * Adds labels that a project lacks. Those that are there are neither renamed nor recoloured nor removed.
 *
 * @throws MaskloopError `CvatRejected` if CVAT does not take them
 */
export async function syncLabels(
  cvat: Cvat,
  projectId: number,
  categories: readonly Category[],
  signal: AbortSignal,
): Promise<SyncedLabels> {
  for (let tries = 1; ; tries += 1) {
    const labels = await cvat.projectLabels(projectId, signal);
    const known = new Set(labels.map(({ name }) => name));
    const missing = categories.filter(({ name }) => !known.has(name));
    if (missing.length === 0) return { labels, added: [] };
    try {
      const wanted = missing.map(({ id, name }) => ({ name, color: labelColor(id) }));
      await cvat.addLabels(projectId, wanted, signal);
      return { labels: await cvat.projectLabels(projectId, signal), added: missing.map(({ name }) => name) };
    } catch (error) {
      if (!isMaskloopError(error, 'CvatRejected') || tries === TRIES) throw error;
    }
  }
}
