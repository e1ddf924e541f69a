import { describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import { optionPart, planProblems, refusalProblems } from '../../../web/src/pages/start/field-problems.ts';
import { contentWords } from '../../../web/src/pages/start/folders/content-words.ts';
import { folderPlace, wayTo } from '../../../web/src/pages/start/folders/folder-place.ts';
import { startWords } from '../../../web/src/pages/start/start-words.ts';
import { termsWords } from '../../../web/src/pages/start/terms-words.ts';
import { Refusal } from '../../../web/src/requests/refusal.ts';

const trouble = (
  code: 'ProjectNotFound' | 'PersonNotFound' | 'UndeclaredCategory' | 'CvatUnreachable',
  facts = {},
) => ({
  code,
  message: `${code}.`,
  action: 'Mend it.',
  facts,
  cvat: null,
});

describe('what a plan finds wrong', () => {
  it('is said at the field where it is mended', () => {
    const plan = { troubles: [trouble('ProjectNotFound'), trouble('UndeclaredCategory'), trouble('CvatUnreachable')] };
    const problems = planProblems(plan, {});
    expect(problems).toEqual({ project: ['ProjectNotFound.'], unknown: ['UndeclaredCategory.'] });
    expect(optionPart(problems)).toEqual({ unknown: 'UndeclaredCategory.' });
  });

  it('is said of a person at the field that names them', () => {
    const plan = { troubles: [trouble('PersonNotFound', { missing: ['rita'] })] };
    expect(Object.keys(planProblems(plan, {}))).toEqual(['people']);
    expect(Object.keys(planProblems(plan, { review: ['rita'] }))).toEqual(['review']);
    expect(Object.keys(planProblems(plan, { reassignTo: ['rita'] }))).toEqual(['reassignTo']);
  });

  it('is found in a refusal of the server as well, by the parts of the request that it names', () => {
    const base = { type: 'x', title: 'x', status: 400, detail: 'It is not.', action: 'x' };
    const fields = [
      { field: 'body.input.completion.deadline.more.times', problem: 'Too big' },
      { field: 'body.input.project', problem: 'Too long' },
      { field: 'body.again', problem: 'Missing' },
    ];
    const invalid = new Refusal({ ...base, code: 'RequestInvalid', facts: { fields } }, null);
    expect(refusalProblems(invalid)).toEqual({ deadline: ['Too big'], project: ['Too long'] });
    const unknown = new Refusal({ ...base, code: 'ConnectionUnknown', facts: {} }, null);
    expect(refusalProblems(unknown)).toEqual({ connection: ['It is not.'] });
    expect(refusalProblems(new Error('x'))).toEqual({});
  });
});

describe('a plan in words', () => {
  const input: Pick<IterationInput, 'people' | 'completion' | 'review' | 'training' | 'notices'> = {
    people: [],
    completion: { rule: 'state', pollMs: 1000 },
    training: null,
  };
  const told = (changes: Partial<typeof input>) =>
    Object.fromEntries(termsWords({ ...input, ...changes }).filter(([, words]) => words !== null));

  it('says when people are done and what comes after, whatever was left out', () => {
    expect(told({})).toEqual({
      'Done when': 'every job is completed',
      Deadline: 'none',
      Trains: 'nothing: it ends when the labels are sealed',
    });
  });

  it('says what the options change', () => {
    const more = { byMs: 86_400_000, times: 2, people: ['cleo'], last: 'carry' } as const;
    const deadline = { at: '2026-03-03T08:00:00.000Z', afterMs: 3 * 86_400_000, policy: 'reassign', more } as const;
    const words = told({
      completion: { rule: 'acceptance', atLeast: 0.9, pollMs: 1000, deadline },
      review: { reviewers: ['rita'], pick: { kind: 'mostChanged', jobs: 3 } },
      training: {
        model: 'segmentation',
        maxEpochs: 50,
        heldOutFraction: 0.25,
        group: 'folder',
        gate: { policy: 'ask', floors: { all: 0.5, classes: { grasper: 0.6 } } },
      },
    });
    expect(words).toEqual({
      'Done when': '90 % of the frames are in accepted jobs',
      Deadline:
        '3 d after the start; then cleo are given the open jobs, and there is 1 d more, 2 times; then it goes on with the completed jobs, and the open frames are carried over',
      Reviewed: 'the 3 jobs that people changed most, by rita',
      Trains: 'segmentation, 50 epochs',
      'Held out': '25 % of the frames, those of a folder together',
      Publishes: 'if a person says so, and every class has a Dice of 0.5 or more, grasper has 0.6 or more',
    });
  });

  it('says before a start what becomes of the task', () => {
    const task = { name: 'T', id: 7, url: null, frames: 4 };
    const plan = { project: { name: 'P', id: 1 }, task, dataset: null } as const;
    expect(startWords({ ...plan, fromScratch: true }, null)).toContain('Nothing is put into P / T');
    expect(startWords({ ...plan, observed: true }, 'm')).toContain('nothing is written to CVAT');
    expect(startWords({ ...plan, task: { ...task, id: null } }, 'm')).toMatch(/^The task P \/ T is made/);
  });
});

describe('a folder on the server', () => {
  it('is counted in words', () => {
    expect(contentWords({ folders: 0, files: 0, pngs: 0, images: 0 })).toBe('empty');
    expect(contentWords({ folders: 1, files: 3, pngs: 3, images: 3 })).toBe('1 folder, 3 PNG');
    expect(contentWords({ folders: 2, files: 4, pngs: 1, images: 3 })).toBe(
      '2 folders, 1 PNG, 2 other images, 1 other file',
    );
    expect(contentWords({ folders: 0, files: 1, pngs: 0, images: 0 })).toBe('1 file');
    expect(contentWords({ folders: 0, files: 1200, pngs: 1200, images: 1200 })).toBe('1,200 PNG');
  });

  it('is reached from the offered one, step by step', () => {
    expect(wayTo('/data/north/masks', ['/data', '/other'])).toEqual([
      { name: '/data', path: '/data' },
      { name: 'north', path: '/data/north' },
      { name: 'masks', path: '/data/north/masks' },
    ]);
    expect(wayTo('/data/', ['/data/'])).toEqual([{ name: '/data/', path: '/data/' }]);
    expect(wayTo('/data-2/a', ['/data', '/data-2'])[0]).toEqual({ name: '/data-2', path: '/data-2' });
  });

  it('is told apart from one in the store', () => {
    expect(folderPlace({ uri: 'file:///data/my%20masks' })).toBe('in /data/my masks');
    expect(folderPlace({ uri: 'store:sha256/ab/abab' })).toBe('in the store');
  });
});
