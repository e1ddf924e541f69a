import { describe, expect, it } from '@jest/globals';
import { detailedOrigins, originSections } from '../../../src/cli/format/origins.ts';
import { correctionSections } from '../../../src/cli/format/corrections.ts';
import { formatTable } from '../../../src/cli/format/table.ts';
import type { OriginsRef } from '../../../src/contracts/origins.ts';
import { LABELS, ORIGINS } from '../../kit/fake-activities.ts';

const page = (changes: Partial<OriginsRef> = {}): string => {
  const results = { origins: { ...ORIGINS, ...changes } };
  const shown = [...originSections(results), ...detailedOrigins(results)].filter(([, rows]) => rows.length > 0);
  return shown.map(([title, rows]) => `${title}\n${formatTable(rows)}`).join('\n');
};

describe('where shapes come from, on a page', () => {
  it('is a few lines with what cannot be told, and tables by class, job and person', () => {
    expect(page()).toBe(
      [
        'where shapes come from',
        'as they were put in        3 shapes: 2 auto, 1 file',
        'drawn or edited            4 shapes: 1 semi-auto, 3 manual',
        'frames                     3, 1 as put in, 2 drawn or edited on, 0 without shapes',
        'frames drawn or edited on  1-2',
        'frames as put in           0',
        'not told                   what was removed, and how much was changed; an edited file shape counts as manual',
        'shapes by class',
        'CLASS       AUTO  FILE  SEMI-AUTO  MANUAL',
        'instrument  2     1     1          3',
        'shapes by job',
        'JOB  FRAMES  AUTO  FILE  SEMI-AUTO  MANUAL',
        '5    3       2     1     1          3',
        'shapes by person',
        'PERSON  FRAMES  AUTO  FILE  SEMI-AUTO  MANUAL',
        'anna    3       2     1     1          3',
      ].join('\n'),
    );
  });

  it('has a column for other sources only where there are any', () => {
    const shapes = { ...ORIGINS.shapes, other: 2 };
    expect(page({ shapes })).toContain('3 manual, 2 other');
    expect(page({ shapes })).toMatch(/CLASS +AUTO +FILE +SEMI-AUTO +MANUAL +OTHER\n/);
  });

  it('says why there is none, and nothing of a task that was imported into', () => {
    expect(originSections({})).toEqual([]);
    expect(originSections({ origins: { failed: 'ArtifactMissing' } })).toEqual([
      ['where shapes come from', [['not counted', 'ArtifactMissing']]],
    ]);
    expect(page({ people: null })).not.toContain('by person');
  });

  it('goes with the words that nothing was given to compare with', () => {
    expect(correctionSections({ labels: LABELS, origins: ORIGINS })).toEqual([
      ['what people changed', [['not compared', 'no masks were given']]],
    ]);
  });
});
