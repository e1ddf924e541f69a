import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mask } from '../../coco/mask.ts';
import { readMask } from '../../coco/read-mask.ts';
import { writeMask } from '../../coco/write-mask.ts';
import { SCENE_CATEGORIES } from './categories.ts';
import { generateScenes, type SceneOptions } from './generate-scenes.ts';

export interface WrittenScenes {
  /** RGB frames. */
  readonly imagesDir: string;
  /** Preliminary masks under the names of their frames. */
  readonly masksDir: string;
  /** True masks under the names of their frames. */
  readonly truthDir: string;
  readonly categoriesFile: string;
  /** The true mask of a frame, read from `truthDir`; null for a name that was not generated. */
  readonly truthOf: (frameName: string) => Mask | null;
}

/** Writes generated frames, both kinds of masks and `categories.json` into a folder, which is made if need be. */
export function writeScenes(dir: string, options: SceneOptions): WrittenScenes {
  const folders = { imagesDir: join(dir, 'images'), masksDir: join(dir, 'masks'), truthDir: join(dir, 'truth') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const categoriesFile = join(dir, 'categories.json');
  writeFileSync(categoriesFile, `${JSON.stringify(SCENE_CATEGORIES, null, 2)}\n`);

  const names = new Set<string>();
  for (const scene of generateScenes(options)) {
    names.add(scene.name);
    writeFileSync(join(folders.imagesDir, scene.name), scene.image);
    writeFileSync(join(folders.masksDir, scene.name), writeMask(scene.preliminary));
    writeFileSync(join(folders.truthDir, scene.name), writeMask(scene.truth));
  }
  const truthOf = (frameName: string): Mask | null => {
    if (!names.has(frameName)) return null;
    const file = join(folders.truthDir, frameName);
    return readMask(readFileSync(file), file);
  };
  return { ...folders, categoriesFile, truthOf };
}
