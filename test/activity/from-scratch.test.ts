import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { DatasetRef } from '../../src/contracts/refs.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { completeJobs, draw } from '../kit/annotate.ts';

let site: ActivitySite;
let input: IterationInput;
beforeAll(async () => {
  site = await openActivitySite({ frames: 3 });
  input = { ...site.input, masks: null, fromScratch: true, people: [], training: null };
});
afterAll(async () => site.close());

const written = (): readonly string[] =>
  site.log.entries
    .filter(({ server, method }) => server === 'cvat' && method !== 'GET' && method !== 'HEAD')
    .map(({ method, path }) => `${method} ${path}`);

describe('an iteration without pre-annotations', () => {
  it('is planned as a task that would be made and sent nothing, and the plan changes nothing', async () => {
    const before = written().length;
    expect(await site.run('planIteration', { input })).toMatchObject({
      fromScratch: true,
      dataset: null,
      task: { id: null, frames: 3 },
      troubles: [],
    });
    expect(
      written()
        .slice(before)
        .filter((line) => !line.includes('/auth/')),
    ).toEqual([]);
  });

  it('makes the task, finds the labels, and seals what people drew from nothing', async () => {
    const task = await site.run('ensureTask', { input });
    expect(task).toMatchObject({ created: true, frames: 3 });
    const dataset: DatasetRef | null = null;
    const table = await site.run('matchLabels', { input, task, dataset });
    expect(table.rows.length).toBeGreaterThan(0);
    await draw(site, task, 1);
    await completeJobs(site, task.taskId);
    const completion = await site.run('checkCompletion', { input, task });
    const seal = await site.run('sealLabels', { input, task, completion });
    const labels = await site.run('exportLabels', { input, task, seal });
    expect(labels).toMatchObject({ frames: 3, labelledFrames: 1, shapes: 1 });
    expect(written().filter((line) => /annotations\/?(\?|$)/.test(line) && line.startsWith('POST'))).toEqual([]);
    expect((await site.run('ensureTask', { input })).taskId).toBe(task.taskId);
  });
});
