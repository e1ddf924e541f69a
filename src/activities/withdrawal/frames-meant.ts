import { MaskloopError } from '../../contracts/error.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import type { FramePlace } from '../../contracts/withdrawal.ts';
import type { Cvat } from '../../cvat/cvat.ts';

export type KnownFrame = FramePlace & { readonly frame: string };

/** Names that a message lists. */
const MAX_SHOWN = 20;

/**
 * The frames that are meant by names with or without their endings, each once, in the order of the names.
 *
 * @throws MaskloopError `FrameUnknown` with all names that no frame has, `FrameAmbiguous` where several tasks have one
 */
export function framesMeant(known: readonly KnownFrame[], asked: readonly string[]): readonly KnownFrame[] {
  const found = asked.map((name) => {
    const exact = known.filter(({ frame }) => frame === name);
    return { name, frames: exact.length > 0 ? exact : known.filter(({ frame }) => stemOf(frame) === stemOf(name)) };
  });
  const unknown = found.filter(({ frames }) => frames.length === 0).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new MaskloopError('FrameUnknown', `No frame named "${unknown[0]}" is known${more(unknown)}.`, {
      facts: { frames: unknown.slice(0, MAX_SHOWN), count: unknown.length },
    });
  }
  const several = found.find(({ frames }) => frames.length > 1);
  if (several !== undefined) {
    const places = several.frames.map(({ connection, project, task }) => [connection, project, task].join(' / '));
    throw new MaskloopError(
      'FrameAmbiguous',
      `${several.frames.length} frames may be meant by "${several.name}": of ${places.slice(0, 5).join(', ')}.`,
      { facts: { frame: several.name, tasks: places.slice(0, MAX_SHOWN) } },
    );
  }
  return [...new Map(found.flatMap(({ frames }) => frames.map((one) => [JSON.stringify(one), one]))).values()];
}

function more(names: readonly string[]): string {
  return names.length === 1 ? '' : `, and ${names.length - 1} further ones`;
}

/**
 * The frames of a task as CVAT has them, for what was never sealed; none where there is no such task. Only reads.
 *
 * @throws what CVAT throws
 */
export async function framesInCvat(cvat: Cvat, place: FramePlace, signal: AbortSignal): Promise<readonly KnownFrame[]> {
  const project = await cvat.findProject(place.project, signal);
  const task = project === null ? null : await cvat.findTask({ projectId: project.id, name: place.task }, signal);
  if (task === null) return [];
  const { connection, project: named, task: taskName } = place;
  const { frames } = await cvat.taskMeta(task.id, signal);
  return frames.map(({ name }) => ({ connection, project: named, task: taskName, frame: name }));
}
