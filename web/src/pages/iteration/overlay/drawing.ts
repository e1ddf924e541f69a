import type { z } from 'zod';
import type { frameShapes } from '../../../../../src/api/schemas/gallery.ts';
import { changesOf, type FrameChanges } from './changes.ts';
import { LAYER_NAMES, type DrawnClass, type LayerName } from './drawn-class.ts';
import { NO_PIXELS, stretchesOf, type Stretches } from './stretches.ts';

/** What the server tells of a frame. */
export type FrameShapes = z.output<typeof frameShapes>;

/** A frame unpacked, ready to be painted. */
export interface Drawing {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Layers that there are; an empty one is one. */
  readonly has: Readonly<Record<LayerName, boolean>>;
  /** Classes that are in any layer, in the order of all classes. */
  readonly classes: readonly DrawnClass[];
  /** What people changed; null unless there are both a pre-annotation and a final label. */
  readonly changes: FrameChanges | null;
}

/** Unpacks the layers of a frame. @throws MaskloopError `InvalidRle` */
export function readDrawing({ name, width, height, classes, layers }: FrameShapes): Drawing {
  const layerOf = (layer: LayerName, category: number): Stretches => {
    const shape = layers[layer]?.find((one) => one.category === category);
    return shape === undefined ? NO_PIXELS : stretchesOf(shape.counts, width * height);
  };
  const drawn = classes
    .map(({ category, name: label, colour }, place) => ({
      category,
      name: label,
      colour,
      place,
      layers: {
        preannotation: layerOf('preannotation', category),
        label: layerOf('label', category),
        prediction: layerOf('prediction', category),
      },
    }))
    .filter((one) => LAYER_NAMES.some((layer) => one.layers[layer].length > 0));
  const { preannotation, label, prediction } = layers;
  return {
    name,
    width,
    height,
    has: { preannotation: preannotation !== null, label: label !== null, prediction: prediction !== null },
    classes: drawn,
    changes: preannotation === null || label === null ? null : changesOf(drawn),
  };
}
