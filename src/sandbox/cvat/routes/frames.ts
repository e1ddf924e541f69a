import { page, json, type Answer } from '../answers/answer.ts';
import { Refusal, refuseList } from '../answers/refusal.ts';
import type { Task } from '../state/entities.ts';
import type { UserCall } from './call.ts';

/**
 * One frame's file, byte for byte as it was uploaded; CVAT would encode it anew where the quality is `compressed`.
 *
 * @param range frames that may be asked for: all of the task, or those of one job
 * @throws Refusal 400 for a missing or wrong parameter or a number out of range
 */
export function readFrame(
  call: UserCall,
  task: Task,
  range?: { readonly startFrame: number; readonly stopFrame: number },
): Answer {
  const kind = call.query.get('type');
  if (kind === 'chunk' || kind === 'preview' || kind === 'context_image') return page(404);
  if (kind !== 'frame') throw refuseList('Data type not specified or has wrong value');
  const number = call.query.get('number');
  if (number === null) throw refuseList('Number is not specified');
  const quality = call.query.get('quality') ?? 'compressed';
  if (quality !== 'original' && quality !== 'compressed') throw refuseList('Wrong quality value');
  const first = range?.startFrame ?? 0;
  const last = range?.stopFrame ?? (task.data?.frames.length ?? 0) - 1;
  const frame = task.data?.frames[Number(number)];
  if (frame === undefined || Number(number) < first || Number(number) > last) {
    // CVAT prints the upper bound one too high.
    const words = `Invalid frame '${number}'. The frame number should be in the [${first}, ${last + 1}] range`;
    throw new Refusal(json(400, words));
  }
  return { status: 200, contentType: frame.contentType, body: frame.bytes };
}
