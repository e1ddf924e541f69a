import { describe, expect, it } from '@jest/globals';
import { compareLabels } from '../../../src/checks/compare-labels.ts';

const model = (...names: string[]) => ({
  labels: { background: 0, ...Object.fromEntries(names.map((name, i) => [name, i + 1])) },
});

function compared(labels: readonly string[], models: Readonly<Record<string, ReturnType<typeof model>>>) {
  return compareLabels('SurgVU', labels, { trainers: Object.keys(models), models }).map(
    ({ level, message, action }) => `${level}: ${message}${action === null ? '' : ` | ${action}`}`,
  );
}

describe('the labels of a project and of a model', () => {
  it('agree whatever their order, the background aside', () => {
    expect(compared(['grasper', 'needle'], { a: model('needle', 'grasper') })).toEqual([
      'ok: project "SurgVU" has exactly the labels of a',
    ]);
  });

  it('are told where the model lacks one, with the name that was meant', () => {
    expect(compared(['Grasper', 'needle'], { a: model('grasper', 'needle') })).toEqual([
      expect.stringMatching(
        /^warning: model a does not know "Grasper" \(but "grasper"\); project "SurgVU" has no label "grasper" \(but "Grasper"\) \| Give the model/,
      ),
    ]);
  });

  it('are told where the project lacks one, which nobody can draw then', () => {
    expect(compared(['needle'], { a: model('needle', 'thread') })).toEqual([
      'warning: project "SurgVU" has no label "thread" | Add what people should draw in CVAT, or have the start add it (on the command line: `--sync-labels`).',
    ]);
  });

  it('are bounded in number, of labels and of models', () => {
    const names = Array.from({ length: 500 }, (_, i) => `class number ${i}`);
    const models = Object.fromEntries(names.map((name) => [name, model('x')]));
    const found = compared(names, models);
    expect(found).toHaveLength(4);
    expect(found.at(-1)).toContain('497 more models');
    expect(found.join('').length).toBeLessThan(3000);
  });

  it('are not compared with a model that names none', () => {
    expect(compared(['needle'], { a: model() })).toEqual([]);
  });
});
