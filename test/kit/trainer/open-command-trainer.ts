import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { SCENE_MODEL_LABELS } from '../../../src/sandbox/scenes/categories.ts';
import { generateScenes, type Scene } from '../../../src/sandbox/scenes/generate-scenes.ts';
import { commandTrainer } from '../../../src/trainer/command-trainer.ts';
import type { Trainer } from '../../../src/trainer/trainer.ts';
import { modelLabels } from '../../unit/sandbox/monai/talk.ts';

const SCRIPT = fileURLToPath(new URL('./mean-colours.mjs', import.meta.url));

export const COMMAND_MODEL = 'colours';

/** The program that learns mean colours, with its folder, in which labelled scenes lie. */
export interface CommandSite {
  readonly folder: string;
  readonly trainer: Trainer;
  readonly scenes: readonly Scene[];
  /** The same folder with other words for the program. */
  withWords(...words: string[]): Trainer;
  /** The same folder; the program stays where it is after an epoch, until it is killed. */
  pausedAfter(epoch: number): Trainer;
  close(): Promise<void>;
}

/** The command line of the program, as settings name it. */
export function meanColours(...words: readonly string[]): readonly string[] {
  return [process.execPath, SCRIPT, ...words];
}

export async function openCommandSite(frames = 4): Promise<CommandSite> {
  const folder = await mkdtemp(join(tmpdir(), 'maskloop-command-'));
  const scenes = [...generateScenes({ seed: 5, frames, width: 48, height: 32 })];
  const withWords = (...words: string[]): Trainer =>
    commandTrainer({
      command: meanColours(...words),
      environment: process.env,
      folder,
      models: { [COMMAND_MODEL]: SCENE_MODEL_LABELS },
    });
  const trainer = withWords();
  for (const [index, scene] of scenes.entries()) {
    const imageId = `s${index}`;
    await trainer.putImage({ imageId, fileName: scene.name, bytes: scene.image });
    const bytes = writeMask(modelLabels(scene));
    await trainer.putLabel({ imageId, fileName: `${imageId}.png`, bytes, labelInfo: [] });
  }
  return {
    folder,
    trainer,
    scenes,
    withWords,
    pausedAfter: (epoch) => withWords('--pause', String(epoch), join(folder, 'never')),
    close: async () => {
      for (const { id } of await trainer.trainings()) await trainer.stopTraining(id);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
