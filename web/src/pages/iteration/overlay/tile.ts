/** The side of a tile. */
export const TILE_SIDE = 8;

/** What is repeated over the pixels of a class: {@link TILE_SIDE}² pixels row by row, as a canvas on a little-endian machine has them: `0xAABBGGRR`. */
export type Tile = Uint32Array;

const STRONG_ALPHA = 225;
const WEAK_ALPHA = 105;

/** Where each pattern is strong, by place in the tile. Neighbouring ones differ most. */
const PATTERNS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => ((x + y) & 7) < 3,
  (x) => (x & 7) < 3,
  (x, y) => ((x - y) & 7) < 3,
  (_, y) => (y & 7) < 3,
  (x, y) => (x & 3) < 2 && (y & 3) < 2,
  (x, y) => (x & 7) < 2 || (y & 7) < 2,
  (x, y) => (x & 4) === (y & 4),
  () => true,
];

/** So many classes have patterns of their own. */
export const PATTERN_COUNT = PATTERNS.length;

/**
 * The tile of a class: its colour, in a pattern, so that classes differ for those who do not tell their colours apart.
 *
 * @param colour `#rrggbb`
 * @param place of the class among all, from 0; patterns repeat after {@link PATTERN_COUNT}
 */
export function patternTile(colour: string, place: number): Tile {
  const isStrong = PATTERNS[place % PATTERN_COUNT]!;
  const tile = new Uint32Array(TILE_SIDE * TILE_SIDE);
  for (let y = 0; y < TILE_SIDE; y += 1) {
    for (let x = 0; x < TILE_SIDE; x += 1) {
      tile[y * TILE_SIDE + x] = pixelOf(colour, isStrong(x, y) ? STRONG_ALPHA : WEAK_ALPHA);
    }
  }
  return tile;
}

/** The same colour everywhere. `alpha` from 0 to 255. */
export function plainTile(colour: string, alpha = 255): Tile {
  return new Uint32Array(TILE_SIDE * TILE_SIDE).fill(pixelOf(colour, alpha));
}

/** Colour and white by turns, along both directions: an outline in it is dashed. */
export function dashedTile(colour: string): Tile {
  const tile = plainTile(colour);
  for (let i = 0; i < tile.length; i += 1) {
    const isWhite = (((i % TILE_SIDE) + Math.floor(i / TILE_SIDE)) & 4) === 0;
    if (isWhite) tile[i] = pixelOf('#ffffff', 255);
  }
  return tile;
}

function pixelOf(colour: string, alpha: number): number {
  const rgb = Number.parseInt(colour.slice(1), 16);
  const red = (rgb >> 16) & 0xff;
  const green = (rgb >> 8) & 0xff;
  const blue = rgb & 0xff;
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
