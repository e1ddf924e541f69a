import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { activityLine, activityText } from '../../../src/cli/format/activity.ts';
import { errorJson, errorText } from '../../../src/cli/format/error.ts';
import { formatList } from '../../../src/cli/format/list.ts';
import { progressText } from '../../../src/cli/format/progress.ts';
import { formatReceipt } from '../../../src/cli/format/receipt.ts';
import { shellWord } from '../../../src/cli/format/shell.ts';
import { formatStatus } from '../../../src/cli/format/status.ts';
import { formatTable } from '../../../src/cli/format/table.ts';
import { formatTime } from '../../../src/cli/format/time.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { PendingActivity } from '../../../src/operations/pending-activities.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';
import { sampleView, troubledView } from './fake-context.ts';

const NOW = new Date('2026-03-01T10:00:00.000Z');

const POLL: PendingActivity = {
  name: 'checkCompletion',
  attempt: 4,
  startedAt: null,
  nextAttemptAt: '2026-03-01T10:01:00.000Z',
  lastFailure: { code: 'AnnotationPending', message: '3 of 8 jobs are completed: http://c/tasks/7', facts: {} },
  heartbeat: null,
};

describe('times', () => {
  it('show times to the minute, and what is no time as it is', () => {
    expect(formatTime('2026-03-01T10:00:59.000Z')).toBe('2026-03-01 10:00 UTC');
    expect(formatTime('soon')).toBe('soon');
  });
});

describe('formatTable', () => {
  it('aligns columns and leaves no blanks at the ends of lines', () => {
    expect(
      formatTable([
        ['ID', 'STEP'],
        ['a', ''],
        ['größer', 'wait'],
      ]),
    ).toBe('ID      STEP\na\ngrößer  wait');
    expect(formatTable([])).toBe('');
  });
});

describe('shellWord', () => {
  it('quotes what a shell would take apart', () => {
    expect(shellWord('/plain/path-1.png')).toBe('/plain/path-1.png');
    expect(shellWord("it's here")).toBe(String.raw`'it'\''s here'`);
    expect(shellWord('')).toBe("''");
    expect(shellWord('~/x')).toBe("'~/x'");
  });
});

describe('activities', () => {
  it('tell why a poll has not ended, how often it was tried and when it is tried again', () => {
    expect(activityText(POLL)).toBe('3 of 8 jobs are completed: http://c/tasks/7');
    expect(activityLine(POLL)).toBe('3 of 8 jobs are completed: http://c/tasks/7 (try 4, next at 10:01:00 UTC)');
  });

  it('tell the last failure with its code, and its own words while it runs again', () => {
    const failing = { ...POLL, lastFailure: { code: 'CvatUnreachable', message: 'CVAT does not answer.', facts: {} } };
    expect(activityText(failing)).toBe('CvatUnreachable: CVAT does not answer.');
    const running = { ...failing, nextAttemptAt: null, heartbeat: { phase: 'masks', done: 3, total: 24 } };
    expect(activityLine(running)).toBe('masks converted: 3/24 (try 4)');
  });

  it('say nothing while a first try has not reported', () => {
    expect(activityLine({ ...POLL, attempt: 1, nextAttemptAt: null, lastFailure: null })).toBeNull();
  });

  it.each([
    [
      { phase: 'training', status: 'RUNNING', epoch: 3, totalEpochs: 10, metric: { name: 'val_mean_dice', best: 0.8 } },
      'training, epoch 3/10, best val_mean_dice 0.8000',
    ],
    [
      {
        phase: 'training',
        status: 'FORGOTTEN',
        epoch: 3,
        totalEpochs: 10,
        metric: { name: 'val_mean_dice', best: 0.8, value: 0.75 },
        lost: 'lives on',
      },
      'training, forgotten by its server but seen to go on, epoch 3/10, val_mean_dice 0.7500 (best 0.8000)',
    ],
    [{ phase: 'training', status: 'SUBMITTED', epoch: null, totalEpochs: null, metric: null }, 'training, submitted'],
    [{ phase: 'import', state: 'queued', shapes: 12 }, 'import of 12 shapes queued'],
    [{ phase: 'submission', done: 4, total: 8 }, 'frames submitted: 4/8'],
    [{ phase: 'jobs', failingSince: null }, null],
    [{ phase: 'unheard of', done: 1 }, null],
    [{ phase: 'masks', done: 'three', total: 4 }, null],
    ['text', null],
  ])('read the heartbeat %j', (heartbeat, text) => {
    expect(progressText(heartbeat)).toBe(text);
  });

  it('survive any heartbeat', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (heartbeat) => {
        const text = progressText(heartbeat as never);
        expect(text === null || typeof text === 'string').toBe(true);
      }),
    );
  });
});

describe('formatStatus', () => {
  it('shows steps with their durations, what is waited for, since when, and why', () => {
    expect(formatStatus(sampleView({ activities: [POLL] }), NOW)).toBe(
      [
        'SurgVU/Iteration_1',
        'project   SurgVU',
        'task      Iteration_1',
        'started   2026-03-01 08:00 UTC (2 h ago)',
        'now       wait: waits for people',
        'since     2026-03-01 08:00 UTC (1 h 59 min)',
        'activity  3 of 8 jobs are completed: http://c/tasks/7 (try 4, next at 10:01:00 UTC)',
        '',
        'convert  done  12 s',
        'upload   done  8 s',
        'wait     now   1 h 59 min',
        '',
      ].join('\n'),
    );
  });

  it('shows the trouble, what to do, and the commands to type', () => {
    const page = formatStatus(troubledView(), NOW);
    expect(page).toContain('now      upload: needs a decision');
    expect(page).toContain(
      'LabelMissing: Category "needle" has no label in project SurgVU.\nwhat to do: Add the label',
    );
    expect(page).toContain('  maskloop retry SurgVU/Iteration_1\n  maskloop skip SurgVU/Iteration_1\n');
  });

  it('says from where it knows when no worker answers', () => {
    const page = formatStatus(sampleView({ workerAnswers: false, status: null }), NOW);
    expect(page).toContain('no worker answers');
    expect(page).toContain('wait: waits for people');
  });

  it('says that it waits for a worker when it is the turn of a machine and none answers', () => {
    const index = { project: 'P', task: 'T', step: 'convert', waitingFor: 'machine', since: null };
    const page = formatStatus(sampleView({ workerAnswers: false, status: null, index }), NOW);
    expect(page).toContain('convert: waits for a worker; start one with `maskloop worker` or `maskloop up`');
    expect(page).not.toContain('a machine works on it');
  });

  it.each(['cancelled', 'failed', 'terminated'] as const)('offers no choices once it was %s', (state) => {
    const page = formatStatus({ ...troubledView(), state }, NOW);
    expect(page).toContain('ended while waiting for: LabelMissing: Category "needle"');
    expect(page).toContain('start it again, with corrected arguments if needed');
    expect(page).not.toMatch(/maskloop (retry|skip|cancel)|what to do/);
  });

  it('shows a finished iteration from its receipt alone', () => {
    const receipt = sampleReceipt();
    const { startedAt, endedAt } = receipt;
    const page = formatStatus(
      sampleView({ state: 'done', status: null, index: null, receipt, startedAt, endedAt }),
      NOW,
    );
    expect(page).toContain('project  SurgVU');
    expect(page).toContain('upload   skipped');
    expect(page).toContain('maskloop receipt SurgVU/Iteration_1');
    expect(page).not.toContain('no worker answers');
  });

  it('says what a cancelled run still has to do', () => {
    const view = sampleView();
    const status = view.status === null ? null : { ...view.status, cancelled: true as const };
    expect(formatStatus({ ...view, status }, NOW)).toContain('cancelled  it ends once its training has ended');
    expect(formatStatus(view, NOW)).not.toContain('cancelled');
  });

  it('says how a cancelled run can go on', () => {
    const page = formatStatus(sampleView({ state: 'cancelled' }), NOW);
    expect(page).toContain('now      cancelled');
    expect(page).toContain('maskloop start');
  });
});

describe('formatList', () => {
  it('is an aligned table with a heading', () => {
    const row = {
      id: 'P/T',
      state: 'running',
      project: 'P',
      task: 'T',
      connection: 'default',
      step: 'train',
      waitingFor: 'server',
      since: '2026-03-01T09:00:00.000Z',
      startedAt: '2026-02-27T10:00:00.000Z',
    } as const;
    expect(formatList([row], NOW)).toBe(
      'ID   STEP   SITUATION           FOR  STARTED\nP/T  train  waits for a server  1 h  2026-02-27\n',
    );
  });
});

describe('formatReceipt', () => {
  it('shows counts, held-out Dice by class, decisions and times', () => {
    const page = formatReceipt(sampleReceipt());
    expect(page).toContain('3 d 2 h');
    expect(page).toContain('annotations      4');
    expect(page).toContain('skipped value 9  17 pixels');
    expect(page).toContain('instrument       0.9123');
    expect(page).toContain('tissue           absent');
    expect(page).toContain('mean of 1 frame  0.9123');
    expect(page).toContain('skip at upload  by operator  about ImportRejected');
    expect(page).toContain("trainer's val_mean_dice  0.8125");
  });

  it('leaves out what skipped steps did not make', () => {
    const page = formatReceipt(sampleReceipt({ results: {}, decisions: [] }));
    expect(page).not.toMatch(/undefined|NaN|held-out|model\n|decisions/);
  });
});

describe('errors', () => {
  const error = new MaskloopError('ColourImage', 'a.png has 3 channels.', { facts: { file: 'a.png' } });

  it('are one block for people', () => {
    expect(errorText(error)).toBe(
      'error ColourImage: a.png has 3 channels.\nwhat to do: Convert with --label-map and the colour of each class, or save masks with one channel: grey or palette.\n',
    );
  });

  it('are one line of JSON for programs', () => {
    expect(errorJson(error)).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(errorJson(error))).toEqual({
      error: { code: 'ColourImage', message: error.message, action: error.action, facts: { file: 'a.png' } },
    });
  });

  it('that nobody foresaw keep their message', () => {
    expect(errorText(new TypeError('x is not a function'))).toContain('UnexpectedFailure: x is not a function');
    expect(errorText('thrown text')).toContain('thrown text');
  });
});
