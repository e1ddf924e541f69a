import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inThisThread } from '../../src/coco/mask-batches.ts';
import { masksToCoco } from '../../src/coco/masks-to-coco.ts';
import { writeMask } from '../../src/coco/write-mask.ts';
import { DEFAULT_RULES } from '../../src/contracts/conversion.ts';

const WIDTH = 1920;
const HEIGHT = 1080;
const CLASSES = [1, 2, 3, 4, 5, 6];

/** Frames of 1920 × 1080 with six ragged classes each, and the document that would be sent for them. */
export interface UploadSet {
  /** The masks, which serve as frames too. */
  readonly frames: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly labels: readonly string[];
  readonly document: Uint8Array;
}

/** Makes a set in an empty folder; the same for the same number. */
export async function makeUploadSet(dir: string, count: number): Promise<UploadSet> {
  const masks = join(dir, 'masks');
  await mkdir(masks, { recursive: true });
  const frames: { name: string; bytes: Uint8Array }[] = [];
  for (let frame = 0; frame < count; frame += 1) {
    const name = `frame_${String(frame).padStart(6, '0')}.png`;
    const bytes = writeMask({ width: WIDTH, height: HEIGHT, values: paint(frame) });
    await writeFile(join(masks, name), bytes);
    frames.push({ name, bytes });
  }
  const categories = CLASSES.map((id) => ({ id, name: `class ${id}` }));
  const made = await masksToCoco({
    maskDir: masks,
    task: 'bench',
    suffix: '',
    categories,
    rules: DEFAULT_RULES,
    outDir: dir,
    preannotations: true,
    batches: inThisThread,
  });
  const document = await readFile(made.preannotationsPath ?? made.documentPath);
  return { frames, labels: categories.map(({ name }) => name), document };
}

/** Six discs with wavy borders, at other places in each frame. */
function paint(frame: number): Uint8Array {
  const values = new Uint8Array(WIDTH * HEIGHT);
  for (const value of CLASSES) {
    const [cx, cy] = [160 + ((frame * 37 + value * 290) % 1600), 140 + ((frame * 53 + value * 170) % 800)];
    const radius = 60 + ((frame * 7 + value * 31) % 90);
    for (let y = Math.max(0, cy - radius - 12); y < Math.min(HEIGHT, cy + radius + 12); y += 1) {
      const reach = radius + 8 * Math.sin(y / 9 + value) + 4 * Math.sin(y / 3 + frame);
      const half = Math.floor(Math.sqrt(Math.max(0, reach ** 2 - (y - cy) ** 2)));
      values.fill(value, y * WIDTH + Math.max(0, cx - half), y * WIDTH + Math.min(WIDTH, cx + half));
    }
  }
  return values;
}
