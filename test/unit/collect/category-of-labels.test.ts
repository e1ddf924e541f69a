import { describe, expect, it } from '@jest/globals';
import { categoryOfLabels } from '../../../src/collect/category-of-labels.ts';

describe('a label that people used', () => {
  const labels = [
    { id: 5, name: 'Graspr' },
    { id: 6, name: 'grasper' },
  ];
  const categoryOf = categoryOfLabels(labels, [{ id: 1, name: 'grasper' }]);

  it('is the category of exactly its name', () => {
    expect(categoryOf(6)).toBe(1);
  });

  it('is refused without one, with the categories that come near', () => {
    expect(() => categoryOf(5)).toThrow(
      expect.objectContaining({
        code: 'CategoryMissing',
        message: 'Label "Graspr" (but "grasper") was used in CVAT; no category has this name.',
        facts: { label: 'Graspr', near: ['grasper'], categories: ['grasper'] },
      }),
    );
  });
});
