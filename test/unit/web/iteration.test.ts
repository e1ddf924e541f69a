import { describe, expect, it } from '@jest/globals';
import type { IterationStatus } from '../../../src/contracts/iteration.ts';
import type { IterationView } from '../../../src/operations/describe-iteration.ts';
import { sampleView } from '../cli/fake-context.ts';
import { nextWords } from '../../../web/src/pages/iteration/head/next-words.ts';
import { offeredActions } from '../../../web/src/pages/iteration/steering/offered-actions.ts';
import { actionWords } from '../../../web/src/pages/iteration/steering/action-words.ts';
import { stepTimeline } from '../../../web/src/pages/iteration/steps/step-timeline.ts';
import { activityWords } from '../../../web/src/pages/iteration/steps/activity-words.ts';
import { edgesOf, stepFrom, shownFrame } from '../../../web/src/pages/iteration/frames/shown-frame.ts';
import { readFrameSearch, switched, writeFrameSearch } from '../../../web/src/pages/iteration/frames/frame-search.ts';
import { overlaid } from '../../../web/src/pages/iteration/frames/paintings.ts';
import { trainingSeries } from '../../../web/src/pages/iteration/training/training-series.ts';
import { projectUrl } from '../../../web/src/pages/iteration/view-facts.ts';

const NOON = '2026-11-23T12:00:00.000Z';
const at = (minutes: number): string => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();

/** A running iteration that waits for people since ten minutes after its start. */
function running(status: Partial<IterationStatus> = {}, view: Partial<IterationView> = {}): IterationView {
  const sample = sampleView();
  if (sample.status === null) throw new Error('the sample has no status');
  const own: IterationStatus = {
    ...sample.status,
    step: 'wait',
    waitingFor: 'people',
    paused: false,
    trouble: null,
    choices: [],
    deadline: null,
    startedAt: NOON,
    steps: [
      { step: 'convert', outcome: 'done', startedAt: NOON, endedAt: at(4) },
      { step: 'upload', outcome: 'skipped', startedAt: at(4), endedAt: at(10) },
    ],
    ...status,
  };
  return {
    ...sample,
    state: 'running',
    startedAt: NOON,
    endedAt: null,
    activities: [],
    receipt: null,
    status: own,
    ...view,
  };
}

describe('the steps of an iteration', () => {
  it('have the time that each took, the present one until now, and those to come none', () => {
    const steps = stepTimeline(running(), Date.parse(at(70)));
    expect(steps.map(({ step, state, ms }) => [step, state, ms === null ? null : ms / 60_000])).toEqual([
      ['convert', 'done', 4],
      ['upload', 'skipped', null],
      ['wait', 'now', 60],
      ['collect', 'later', null],
      ['train', 'later', null],
      ['evaluate', 'later', null],
      ['receipt', 'later', null],
    ]);
  });

  it('end where the run was ended, and none is to come then', () => {
    const steps = stepTimeline(running({}, { state: 'cancelled', endedAt: at(30) }), Date.parse(at(500)));
    expect(steps.map(({ step, state, ms }) => [step, state, ms === null ? null : ms / 60_000])).toEqual([
      ['convert', 'done', 4],
      ['upload', 'skipped', null],
      ['wait', 'ended', 20],
    ]);
  });

  it('leave out what was never asked for, such as a training', () => {
    const steps = [{ step: 'convert', outcome: 'done', startedAt: NOON, endedAt: at(4) }] as const;
    const done = running({ step: 'done', steps }, { state: 'done', endedAt: at(5) });
    expect(stepTimeline(done, Date.parse(at(9))).map(({ step }) => step)).toEqual(['convert']);
  });

  it('promise no step that the input says will never come', () => {
    const view = running({ unasked: ['predict', 'train', 'evaluate'] });
    const steps = stepTimeline(view, Date.parse(at(70))).map(({ step }) => step);
    expect(steps).toEqual(['convert', 'upload', 'wait', 'collect', 'receipt']);
  });

  it('have no line for one that was passed over since nobody had asked for it, and one for what somebody skipped', () => {
    const skipped = (step: 'upload' | 'train') =>
      ({ step, outcome: 'skipped', startedAt: NOON, endedAt: NOON }) as const;
    const steps = [skipped('upload'), skipped('train')];
    const view = running({ step: 'receipt', steps, unasked: ['predict', 'convert', 'train', 'evaluate'] });
    expect(stepTimeline(view, Date.parse(at(70))).map(({ step, state }) => [step, state])).toEqual([
      ['upload', 'skipped'],
      ['receipt', 'now'],
    ]);
  });

  it('have one to predict in, where that is asked for', () => {
    const view = running({ step: 'predict', steps: [], unasked: [] });
    expect(stepTimeline(view, Date.parse(at(1)))[1]).toMatchObject({ step: 'convert', state: 'later' });
    expect(stepTimeline(view, Date.parse(at(1)))[0]).toMatchObject({ step: 'predict', state: 'now' });
  });
});

describe('what is offered', () => {
  it('is what the iteration says may be answered, as far as the role reaches', () => {
    const view = running({ step: 'convert', waitingFor: 'decision', choices: ['retry', 'skip', 'cancel'] });
    expect(offeredActions(view, 'operator')).toEqual({ answers: ['retry', 'skip'], others: ['pause', 'cancel'] });
    expect(offeredActions(view, 'lead')).toEqual({ answers: ['retry', 'skip'], others: [] });
    expect(offeredActions(view, 'viewer')).toEqual({ answers: [], others: [] });
  });

  it('is about people while they are waited for', () => {
    const { task } = {
      task: { taskId: 7, projectId: 3, url: 'https://cvat.example/tasks/7' },
    } as IterationStatus['results'] & object;
    const view = running({ results: { task } as IterationStatus['results'] });
    expect(offeredActions(view, 'lead').others).toEqual(['extend', 'reassign', 'wake']);
  });

  it('is to seal only while the quiet period runs', () => {
    const awaitQuiet = {
      name: 'awaitQuiet',
      attempt: 2,
      startedAt: null,
      nextAttemptAt: null,
      lastFailure: null,
      heartbeat: null,
    };
    const steps = [{ step: 'wait', outcome: 'done', startedAt: NOON, endedAt: at(4) }] as const;
    const collecting = { step: 'collect', waitingFor: 'machine', steps } as const;
    expect(offeredActions(running(collecting), 'lead').others).toEqual([]);
    expect(offeredActions(running(collecting, { activities: [awaitQuiet] }), 'lead').others).toEqual(['seal']);
  });

  it('is to resume where it is paused, and nothing where it runs no more', () => {
    expect(offeredActions(running({ paused: true }), 'operator').others).toContain('resume');
    expect(offeredActions(running({ paused: true }), 'operator').others).not.toContain('pause');
    expect(offeredActions(running({}, { state: 'failed' }), 'operator')).toEqual({ answers: [], others: [] });
  });

  it('is only to look at the server again where it is cancelled and has its training to end', () => {
    const view = running({ step: 'train', waitingFor: 'server', cancelled: true, choices: ['retry'] });
    expect(offeredActions(view, 'operator')).toEqual({ answers: ['retry'], others: [] });
    expect(nextWords(view)).toMatch(/^Somebody cancelled it. It ends once its training has ended/);
  });

  it('says what it will do in view of what is waited for', () => {
    expect(actionWords('retry', running({ waitingFor: 'window', step: 'train' }).status).label).toBe('Train now');
    expect(actionWords('skip', running({ step: 'train' }).status).does).toMatch(/without a model/);
    const trouble = { code: 'ModelWaits', message: '', action: '', facts: {}, since: NOON } as const;
    expect(actionWords('approve', running({ step: 'evaluate', trouble }).status).label).toBe('Publish the new model');
  });
});

describe('what is under way', () => {
  const activity = { name: 'checkCompletion', attempt: 3, startedAt: null, nextAttemptAt: null, heartbeat: null };

  it('tells how far people are, which is no failure', () => {
    const lastFailure = { code: 'AnnotationPending', message: '1 of 4 jobs is complete.', facts: {} };
    expect(activityWords({ ...activity, lastFailure })).toEqual({ doing: '1 of 4 jobs is complete.', failure: null });
  });

  it('tells why the last try failed', () => {
    const lastFailure = { code: 'CvatUnreachable', message: 'CVAT does not answer.', facts: {} };
    expect(activityWords({ ...activity, lastFailure })).toEqual({
      doing: 'Check completion',
      failure: 'CvatUnreachable: CVAT does not answer.',
    });
  });
});

describe('the frames of an address', () => {
  const frames = [{ name: 'a' }, { name: 'b' }];

  it('are read as they were written, and what is as at first is left out', () => {
    const before = new URLSearchParams('part=frames');
    const usual = readFrameSearch(before);
    expect(writeFrameSearch(before, usual).toString()).toBe('part=frames');
    const wanted = { ...switched(usual, 'difference'), frame: 'x y&z.png', from: 100, isSideBySide: true };
    expect(readFrameSearch(new URLSearchParams(writeFrameSearch(before, wanted).toString()))).toEqual(wanted);
    expect(readFrameSearch(writeFrameSearch(before, { ...usual, on: [] })).on).toEqual([]);
  });

  it('lead from one to the next, and over both ends of a page', () => {
    const [before, after] = [
      { frame: 'z', from: 0 },
      { frame: 'c', from: 4 },
    ];
    expect(shownFrame(frames, null)).toEqual({ name: 'a', place: 0 });
    expect(shownFrame(frames, 'elsewhere')).toEqual({ name: 'elsewhere', place: null });
    expect(stepFrom(frames, 0, 1, after)).toEqual({ frame: 'b' });
    expect(stepFrom(frames, 1, 1, after)).toEqual(after);
    expect(stepFrom(frames, 1, 1, null)).toBeNull();
    expect(stepFrom(frames, 1, -1, before)).toEqual({ frame: 'a' });
    expect(stepFrom(frames, 0, -1, before)).toEqual(before);
    expect(stepFrom(frames, 0, -1, null)).toBeNull();
    expect(stepFrom(frames, null, 1, after)).toEqual({ frame: 'a' });
  });

  it('are cut into pages whose neighbours are known, also where an address cuts them elsewhere', () => {
    expect(edgesOf({ from: 0, next: null }, 100)).toEqual({ before: null, after: null });
    expect(edgesOf({ from: 100, next: 200 }, 100)).toEqual({
      before: { place: 99, from: 0 },
      after: { place: 200, from: 200 },
    });
    expect(edgesOf({ from: 30, next: null }, 100).before).toEqual({ place: 29, from: 0 });
  });

  it('fill one layer alone, so that the picture can be seen', () => {
    expect(overlaid(['preannotation', 'label'])).toEqual([
      { kind: 'filled', layer: 'label' },
      { kind: 'outlined', layer: 'preannotation' },
    ]);
    expect(overlaid(['preannotation'])).toEqual([{ kind: 'filled', layer: 'preannotation' }]);
  });
});

it('a learning curve goes on to the right after a restart, shows an epoch that was seen twice once, and leaves a gap for the unseen', () => {
  const point = (run: number, epoch: number, metric: number) => ({
    at: NOON,
    run,
    epoch,
    totalEpochs: 3,
    metric,
    best: metric,
  });
  const series = trainingSeries([point(1, 1, 0.1), point(1, 2, 0.2), point(1, 2, 0.25), point(2, 1, 0.3)]);
  expect(series.map(({ place, epoch, metric }) => [place, epoch, metric])).toEqual([
    [1, 1, 0.1],
    [2, 2, 0.25],
    [3, 1, 0.3],
  ]);
  expect(trainingSeries([point(1, 4, 0.1), point(1, 8, 0.2)]).map(({ place }) => place)).toEqual([4, 8]);
});

it('the project is beside the task in CVAT, also below a path', () => {
  const task = { projectId: 3, url: 'https://example.org/cvat/tasks/7' };
  expect(projectUrl({ task } as Parameters<typeof projectUrl>[0])).toBe('https://example.org/cvat/projects/3');
  expect(projectUrl({})).toBeNull();
});
