import type { CocoAnnotation } from './coco.ts';
import { lineAt } from './python-json.ts';

/** Line breaks before the members of an annotation, before those of its segmentation and box, and inside `size`. */
const MEMBER = lineAt(3);
const INNER = lineAt(4);
const INNERMOST = lineAt(5);
const END = lineAt(2);

/**
 * An annotation as `pythonJson` prints it as an item of the document's list, several times as fast: documents are made of
 * little else. Area and box are whole pixels, printed as floats; `counts` holds what `encodeCounts` writes, of which
 * JSON escapes nothing but the backslash.
 */
export function annotationText(annotation: CocoAnnotation): string {
  const { id, image_id, category_id, segmentation, area, bbox, iscrowd, attributes } = annotation;
  const [height, width] = segmentation.size;
  const source =
    attributes === undefined ? '' : `,${MEMBER}"attributes": {${INNER}"source": "${attributes.source}"${MEMBER}}`;
  return (
    `{${MEMBER}"id": ${id},${MEMBER}"image_id": ${image_id},${MEMBER}"category_id": ${category_id},` +
    `${MEMBER}"segmentation": {${INNER}"size": [${INNERMOST}${height},${INNERMOST}${width}${INNER}],` +
    `${INNER}"counts": ${JSON.stringify(segmentation.counts)}${MEMBER}},${MEMBER}"area": ${area}.0,` +
    `${MEMBER}"bbox": [${INNER}${bbox.join(`.0,${INNER}`)}.0${MEMBER}],${MEMBER}"iscrowd": ${iscrowd}${source}${END}}`
  );
}
