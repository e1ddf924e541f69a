import { describe, expect, it } from '@jest/globals';
import { formatLabelTable } from '../../../src/cli/format/label-table.ts';
import { formatStatus } from '../../../src/cli/format/status.ts';
import type { LabelRow } from '../../../src/contracts/label-table.ts';
import { sampleView } from './fake-context.ts';

const row = (changes: Partial<LabelRow>): LabelRow => ({
  value: 1,
  name: 'liver',
  labelId: 33,
  modelIndex: null,
  frames: 12,
  pixels: 3400,
  ...changes,
});

const ARTIFACT = { uri: 'store:aa', sha256: 'aa', bytes: 1 };

describe('the label table for people', () => {
  it('has a column for the model only where one was asked', () => {
    const rows = [row({}), row({ value: 10, name: 'spleen', labelId: null, frames: 0, pixels: 0 })];
    expect(formatLabelTable({ rows, classes: 2, withoutCategory: [] })).toBe(
      [
        'value  class   CVAT label  frames  pixels',
        '1      liver   id 33       12      3400',
        '10     spleen  none        0       0',
      ].join('\n'),
    );
    const asked = formatLabelTable({ rows: [row({ modelIndex: 2 })], classes: 1, withoutCategory: [] });
    expect(asked.split('\n')[1]).toBe('1      liver  id 33       2            12      3400');
  });

  it('says what it leaves out, and which labels belong to no class', () => {
    const text = formatLabelTable({ rows: [row({})], classes: 41, withoutCategory: ['tool', 'Liver'] });
    expect(text.split('\n').slice(2)).toEqual([
      'and 40 more classes',
      'labels in CVAT without a category: tool, Liver',
    ]);
  });

  it('stands in the status once it is known', () => {
    const view = sampleView();
    const now = new Date('2026-03-01T10:00:00.000Z');
    expect(formatStatus(view, now)).not.toContain('CVAT label');
    if (view.status === null) throw new Error('the sample has no status');
    const labelTable = { table: ARTIFACT, rows: [row({})], classes: 1, withoutCategory: [], added: [] };
    const status = { ...view.status, results: { ...view.status.results, labelTable } };
    expect(formatStatus({ ...view, status }, now)).toContain('1      liver  id 33       12      3400');
  });
});
