/** The types of shapes that people can draw in CVAT. */
export const SHAPE_TYPES = [
  'mask',
  'polygon',
  'rectangle',
  'ellipse',
  'polyline',
  'points',
  'cuboid',
  'skeleton',
] as const;
