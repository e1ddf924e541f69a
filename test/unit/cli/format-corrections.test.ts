import { describe, expect, it } from '@jest/globals';
import { correctionSections, detailedCorrections } from '../../../src/cli/format/corrections.ts';
import { formatTable } from '../../../src/cli/format/table.ts';
import type { ComparisonRef } from '../../../src/contracts/comparison.ts';
import { COMPARISON, LABELS } from '../../kit/fake-activities.ts';

const page = (changes: Partial<ComparisonRef> = {}): string => {
  const results = { labels: LABELS, comparison: { ...COMPARISON, ...changes } };
  const sections = [...correctionSections(results), ...detailedCorrections(results)];
  const shown = sections.filter(([, rows]) => rows.length > 0);
  return shown.map(([title, rows]) => `${title}\n${formatTable(rows)}`).join('\n');
};

describe('what people changed, on a page', () => {
  it('is a few lines, and tables by class, job and person', () => {
    expect(page()).toBe(
      [
        'what people changed',
        'frames           3 compared, 2 untouched',
        'corrected        5.0 %: 10 of 200 labelled pixels',
        'mean of classes  IoU 0.9500, Dice 0.9700',
        'shapes           3 untouched, 1 edited, 0 added, 0 removed',
        'by class',
        'CLASS       IOU     DICE    UNTOUCHED  EDITED  ADDED  REMOVED',
        'instrument  0.9500  0.9744  3          1       0      0',
        'by job',
        'JOB  FRAMES  CORRECTED  UNTOUCHED  EDITED  ADDED  REMOVED',
        '5    3       5.0 %      3          1       0      0',
        'by person',
        'PERSON  FRAMES  CORRECTED  UNTOUCHED  EDITED  ADDED  REMOVED',
        'anna    3       5.0 %      3          1       0      0',
        'most changed frames',
        'f1.png  14.3 %  10 pixels',
      ].join('\n'),
    );
  });

  it.each<[string, Partial<ComparisonRef>, RegExp]>([
    [
      'frames that were not compared',
      { notCompared: { deleted: 1, unfinished: 0, 'not imported': 2, 'no pre-annotations': 4 } },
      /untouched; not compared: 1 deleted, 2 not imported, 4 no pre-annotations\n/,
    ],
    [
      'shapes of another class',
      { shapes: { ...COMPARISON.shapes, relabelled: 1 } },
      /1 edited \(1 of them now of another class\)/,
    ],
    ['a small change, never as none', { changedPixels: 1, unionPixels: 99_999 }, /< 0\.1 %: 1 of/],
    ['a large change, never as all', { changedPixels: 99_998, unionPixels: 99_999 }, /> 99\.9 %: 99998 of/],
    [
      'nothing drawn',
      { unionPixels: 0, changedPixels: 0, meanIou: null, meanDice: null },
      /corrected +-: 0 of 0 labelled pixels\nmean of classes +IoU -, Dice -/,
    ],
    ['how many more there are', { jobs: { first: COMPARISON.jobs.first, total: 12 } }, /\nand 11 more\nby person/],
  ])('tells %s', (_, changes, expected) => {
    expect(page(changes)).toMatch(expected);
  });

  it('tells people apart only where jobs were given to somebody', () => {
    const [anna] = COMPARISON.people?.first ?? [];
    if (anna === undefined) throw new Error('the sample has a person');
    const nobody = { ...anna, person: null };
    expect(page({ people: { first: [anna, nobody], total: 2 } })).toMatch(/\nanna .*\nnobody .*\nmost changed/);
    expect(page({ people: { first: [nobody], total: 1 } })).not.toContain('by person');
    expect(page({ people: null })).not.toContain('by person');
  });

  it('says why there is none, and nothing before the labels are sealed', () => {
    expect(correctionSections({})).toEqual([]);
    const [title] = ['what people changed'];
    expect(correctionSections({ labels: LABELS })).toEqual([
      [title, [['not compared', 'no pre-annotations were imported']]],
    ]);
    const comparison = { failed: 'ArtifactMissing' };
    expect(correctionSections({ labels: LABELS, comparison })).toEqual([
      [title, [['not compared', 'ArtifactMissing']]],
    ]);
    expect(detailedCorrections({ comparison })).toEqual([]);
    const frames = { ...COMPARISON, frames: 0, untouchedFrames: 0 };
    expect(correctionSections({ labels: LABELS, comparison: frames })).toHaveLength(1);
  });
});
