import { describe, expect, it } from '@jest/globals';
import { annotationText } from '../../../src/coco/annotation-text.ts';
import type { CocoAnnotation } from '../../../src/coco/coco.ts';
import { PythonFloat, pythonJson } from '../../../src/coco/python-json.ts';

const ANNOTATION: CocoAnnotation = {
  id: 7,
  image_id: 3,
  category_id: 65_535,
  segmentation: { size: [1080, 1920], counts: '0\\\\o[]^_`abcO' },
  area: 12,
  bbox: [0, 1, 2, 70_000],
  iscrowd: 0,
};

/** As pythonJson prints it as an item of a list inside the document. */
function printed(annotation: CocoAnnotation): string {
  const bbox = annotation.bbox.map((side) => new PythonFloat(side));
  const { size, counts } = annotation.segmentation;
  return pythonJson({ ...annotation, segmentation: { size, counts }, area: new PythonFloat(annotation.area), bbox }, 2);
}

describe('annotationText', () => {
  it('is what pythonJson prints', () => {
    expect(annotationText(ANNOTATION)).toBe(printed(ANNOTATION));
  });

  it('has the attributes of a pre-annotation at its end', () => {
    const marked = { ...ANNOTATION, attributes: { source: 'auto' } } as const;
    expect(annotationText(marked)).toBe(printed(marked));
  });
});
