import { PythonFloat, pythonJson, type PythonValue } from '../../../coco/python-json.ts';
import type { ZipEntry } from '../media/zip.ts';
import type { Label } from '../state/entities.ts';
import type { Dataset, DatasetItem } from './dataset.ts';
import type { ExportedShape } from './exported-shape.ts';
import { hasArea, pairs, rasterize, union, type Region } from './rasterize.ts';

type Outline = {
  readonly segmentation: PythonValue;
  readonly area: number;
  readonly bbox: readonly number[];
  readonly isCrowd: boolean;
};

/**
 * The files of a COCO 1.0 export: masks as uncompressed RLE marked as crowds, polygons as rings, rectangles as boxes
 * without segmentation whatever their rotation; nothing for lines, points and tags. Images and annotations are
 * numbered from 1, categories in the order of the labels.
 */
export function cocoEntries(dataset: Dataset, withImages: boolean): ZipEntry[] {
  const document: PythonValue = {
    licenses: [{ name: '', id: 0, url: '' }],
    info: { contributor: '', date_created: '', description: '', url: '', version: '', year: '' },
    categories: dataset.labels.map(({ name }, index) => ({ id: index + 1, name, supercategory: '' })),
    images: dataset.items.map(imageOf),
    annotations: numbered(dataset),
  };
  const images = withImages
    ? dataset.items.map(({ name, bytes }) => ({ name: `images/default/${name}`, bytes: bytes() }))
    : [];
  return [...images, { name: 'annotations/instances_default.json', bytes: Buffer.from(oneLine(document)) }];
}

function imageOf({ name, frame }: DatasetItem, index: number): PythonValue {
  const links = { license: 0, flickr_url: '', coco_url: '', date_captured: 0 };
  return { id: index + 1, width: frame.width, height: frame.height, file_name: name, ...links };
}

function numbered({ items, labels }: Dataset): PythonValue[] {
  const annotations = items.flatMap((item, image) =>
    instances(item.shapes).flatMap((shapes) => {
      const [first] = shapes;
      const outline = outlineOf(shapes, item.frame);
      const label = labels.findIndex((candidate) => candidate.id === first?.label_id);
      if (outline === undefined || first === undefined) return [];
      return [
        { image_id: image + 1, category_id: label + 1, ...outline, attributes: attributesOf(first, labels[label]) },
      ];
    }),
  );
  return annotations.map(({ area, bbox, isCrowd, attributes, ...rest }, index) => ({
    id: index + 1,
    ...rest,
    area: new PythonFloat(area),
    bbox: bbox.map((value) => new PythonFloat(value)),
    iscrowd: isCrowd ? 1 : 0,
    attributes,
  }));
}

/** Shapes that make one annotation: those of a group with the same label, each other one for itself. */
export function instances(shapes: readonly ExportedShape[]): ExportedShape[][] {
  const groups = new Map<string, ExportedShape[]>();
  for (const shape of shapes) {
    const isAlone = shape.group === 0 || shape.type === 'rectangle';
    const key = isAlone ? `alone ${groups.size}` : `${shape.group}/${shape.label_id}`;
    groups.set(key, [...(groups.get(key) ?? []), shape]);
  }
  return [...groups.values()];
}

function outlineOf(shapes: readonly ExportedShape[], size: { width: number; height: number }): Outline | undefined {
  const covering = shapes.filter(hasArea);
  if (covering.length === 0) return undefined;
  if (covering.every((shape) => shape.type === 'rectangle')) return box(covering[0]?.points ?? []);
  if (covering.every((shape) => shape.type === 'polygon')) return rings(covering.map((shape) => shape.points));
  const region = union(covering.flatMap((shape) => rasterize(shape, size) ?? []));
  return region === undefined ? undefined : crowd(region);
}

function box([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): Outline {
  const [width, height] = [right - left, bottom - top];
  return { segmentation: [], area: width * height, bbox: [left, top, width, height], isCrowd: false };
}

function rings(polygons: readonly (readonly number[])[]): Outline {
  const points = polygons.flatMap(pairs);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    segmentation: polygons.map((polygon) => polygon.map((value) => new PythonFloat(value))),
    area: polygons.reduce((sum, polygon) => sum + ringArea(polygon), 0),
    bbox: [left, top, Math.max(...xs) - left, Math.max(...ys) - top],
    isCrowd: false,
  };
}

function ringArea(polygon: readonly number[]): number {
  const ring = pairs(polygon);
  const twice = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Runs down the columns, background first. */
function crowd({ width, height, pixels }: Region): Outline {
  const counts: number[] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  let value = 0;
  let run = 0;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      const pixel = pixels[y * width + x] ?? 0;
      if (pixel === 1) {
        xs.push(x);
        ys.push(y);
      }
      if (pixel !== value) {
        counts.push(run);
        value = pixel;
        run = 0;
      }
      run += 1;
    }
  }
  counts.push(run);
  const segmentation = { counts, size: [height, width] };
  return { segmentation, area: xs.length, bbox: boundingBox(xs, ys), isCrowd: true };
}

function boundingBox(xs: readonly number[], ys: readonly number[]): number[] {
  if (xs.length === 0) return [0, 0, 0, 0];
  const [left, right] = extremes(xs);
  const [top, bottom] = extremes(ys);
  return [left, top, right - left + 1, bottom - top + 1];
}

/** The smallest and the largest; there may be more numbers than a call takes arguments. */
function extremes(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function attributesOf(shape: ExportedShape, label: Label | undefined): PythonValue {
  const named = shape.attributes.flatMap(({ spec_id, value }) => {
    const spec = label?.attributes.find((candidate) => candidate.id === spec_id);
    return spec === undefined ? [] : [[spec.name, typed(spec.inputType, value)] as const];
  });
  const { track } = shape;
  return {
    ...Object.fromEntries(named),
    occluded: shape.occluded,
    rotation: shape.type === 'rectangle' ? new PythonFloat(shape.rotation) : undefined,
    track_id: track?.number,
    keyframe: track?.isKeyframe,
  };
}

function typed(inputType: string, value: string): PythonValue {
  if (inputType === 'checkbox') return value === 'true';
  return inputType === 'number' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** JSON as Python prints it without indentation. */
function oneLine(value: PythonValue): string {
  return pythonJson(value).replaceAll(/,\n */g, ', ').replaceAll(/\n */g, '');
}
