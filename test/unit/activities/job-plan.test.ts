import { describe, expect, it } from '@jest/globals';
import type { ExpectedShape } from '../../../src/activities/expected-shapes.ts';
import { planJob } from '../../../src/activities/job-plan.ts';
import { shapeBatches } from '../../../src/activities/shape-batches.ts';
import type { NativeAnnotations, NativeItem } from '../../../src/cvat/native-annotations.ts';
import type { Job } from '../../../src/cvat/cvat.ts';
import { contentDigest } from '../../../src/cvat/native-items.ts';

const JOB: Job = {
  id: 3,
  taskId: 1,
  projectId: 1,
  organizationId: null,
  parentJobId: null,
  type: 'annotation',
  stage: 'annotation',
  state: 'new',
  startFrame: 2,
  stopFrame: 3,
  assignee: null,
  updatedAt: '2026-01-01T00:00:00Z',
};
const mask = (frame: number, points = [0, 4, 1, 1, 2, 2]): ExpectedShape => ({
  frame,
  labelId: 5,
  type: 'mask',
  points,
});
const native = ({ frame, labelId, type, points }: ExpectedShape, source = 'auto'): NativeItem => {
  return {
    id: frame,
    type,
    frame,
    label_id: labelId,
    points,
    z_order: 0,
    rotation: 0,
    group: 0,
    source,
    attributes: [],
    elements: [],
  };
};
const holds = (...shapes: NativeItem[]): NativeAnnotations => ({ shapes, tracks: [], tags: [] });
const EXPECTED = [mask(1), mask(2), mask(3), mask(4)];
const plan = (job: Partial<Job>, held: NativeAnnotations, given: Partial<Parameters<typeof planJob>[2]> = {}) =>
  planJob({ ...JOB, ...job }, held, {
    expected: EXPECTED,
    leftOut: [],
    recorded: undefined,
    workedOn: false,
    scope: 'new-jobs',
    ...given,
  });

describe('the plan of a job', () => {
  it('fills a new and empty one with the shapes of its own frames', () => {
    expect(plan({}, holds())).toMatchObject({ action: 'fill', missing: [mask(2), mask(3)] });
  });

  it('keeps what is right, in any state', () => {
    const right = holds(native(mask(3)), native(mask(2)));
    expect(plan({}, right).action).toBe('keep');
    expect(plan({ state: 'completed' }, right).action).toBe('keep');
  });

  it('keeps what somebody made of what this import wrote, whatever it is', () => {
    const given = { workedOn: true, recorded: contentDigest([holds()]), scope: 'rebuild' } as const;
    expect(plan({}, holds(), given)).toMatchObject({ action: 'keep', missing: [] });
    expect(plan({ state: 'completed' }, holds(native(mask(2), 'manual')), given).action).toBe('keep');
  });

  it.each([
    ['begun', { state: 'in progress' }, holds(), 'is in progress in the stage annotation'],
    ['in validation', { stage: 'validation' }, holds(), 'is new in the stage validation'],
    ['drawn into', {}, holds(native(mask(2), 'manual')), 'holds 1 shape (1 manual)'],
    ['imported into by others', {}, holds(native(mask(2), 'file'), native(mask(3), 'file')), 'holds 2 shapes (2 file)'],
    ['robbed of a shape', {}, holds(native(mask(2))), 'holds 1 shape (1 auto)'],
    ['tagged', {}, { ...holds(), tags: [{ id: 1 }] }, 'holds 1 tag'],
  ] as const)('leaves one alone that is %s', (_, job, held, reason) => {
    expect(plan(job, held)).toMatchObject({ action: 'leave', reason });
  });

  it('rebuilds exactly what is on record, if that is asked for', () => {
    const old = holds(native(mask(2, [0, 1, 4, 4, 4, 4])));
    const recorded = contentDigest([old]);
    expect(plan({}, old, { recorded, scope: 'rebuild' })).toMatchObject({
      action: 'rebuild',
      missing: [mask(2), mask(3)],
    });
    expect(plan({}, old, { recorded }).action).toBe('leave');
    expect(plan({}, old, { scope: 'rebuild' }).action).toBe('leave');
    expect(plan({ state: 'in progress' }, old, { recorded, scope: 'rebuild' }).action).toBe('leave');
    const corrected = holds({ ...old.shapes[0], rotation: 5 });
    expect(plan({}, corrected, { recorded, scope: 'rebuild' }).action).toBe('leave');
  });

  it('goes on behind the last of several requests that arrived, and only there', () => {
    const long = Array.from({ length: 220_000 }, (_, index) => index);
    const expected = [mask(2, long), mask(2, long), mask(3, long), mask(3)];
    expect(shapeBatches(expected).map((batch) => batch.length)).toEqual([2, 2]);
    const two = holds(native(mask(2, long)), native(mask(2, long)));
    expect(plan({}, two, { expected })).toMatchObject({ action: 'fill', missing: [mask(3, long), mask(3)] });
    expect(plan({}, holds(...two.shapes, native(mask(3, long))), { expected }).action).toBe('leave');
  });
});
