import type { CvatVersion } from '../state/version.ts';
import { asText, type Fields } from './body.ts';

/** In the order in which CVAT checks and names them. */
export const KINDS = ['tags', 'shapes', 'tracks'] as const;
export type Kind = (typeof KINDS)[number];
type Complaints = Record<string, string[]>;

const SOURCES = ['auto', 'semi-auto', 'manual', 'file', 'consensus'];

/** How many numbers a shape's points may be. */
const POINTS: Readonly<Record<string, (count: number) => boolean>> = {
  rectangle: (count) => count === 4,
  ellipse: (count) => count === 4,
  cuboid: (count) => count === 16,
  polygon: (count) => count >= 6 && count % 2 === 0,
  polyline: (count) => count >= 4 && count % 2 === 0,
  points: (count) => count >= 2 && count % 2 === 0,
  mask: (count) => count >= 5,
  skeleton: () => true,
};

/** What CVAT finds wrong with one annotation, by field; an empty object if nothing. */
export function complaintsOf(kind: Kind, item: Fields, ids: 'absent' | 'present', version: CvatVersion): Complaints {
  const complaints: Complaints = {};
  const hasId = item['id'] !== undefined && item['id'] !== null;
  if (ids === 'absent' && hasId) complaints['id'] = ['must be absent'];
  if (ids === 'present' && !hasId) complaints['id'] = ['This field is required.'];
  for (const name of kind === 'shapes' ? ['type', 'frame', 'label_id'] : ['frame', 'label_id']) {
    if (item[name] === undefined) complaints[name] = ['This field is required.'];
  }
  const source = item['source'];
  const isChecked = source !== undefined && version !== '2.54.1';
  if (isChecked && !(typeof source === 'string' && SOURCES.includes(source))) {
    const allowed = SOURCES.map((word) => `'${word}'`).join(', ');
    complaints['source'] = [`must be one of ${allowed}, got '${asText(source)}'`];
  }
  if (kind === 'shapes' && item['type'] !== undefined) checkPoints(item, complaints);
  return complaints;
}

function checkPoints(item: Fields, complaints: Complaints): void {
  const type = asText(item['type']);
  const allows = POINTS[type];
  const points = item['points'] ?? [];
  if (allows === undefined) complaints['type'] = [`"${type}" is not a valid choice.`];
  else if (!Array.isArray(points) || points.some((point) => typeof point !== 'number')) {
    complaints['points'] = ['A valid number is required.'];
  } else if (!allows(points.length)) complaints['points'] = [`invalid length for shape type '${type}'`];
}
