import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';

/**
 * Where the label of a frame goes in a folder: under the frame's name, with its folders, as `.png`.
 *
 * @throws MaskloopError `InvalidName` for a name that leads out of the folder
 */
export function labelPath(frame: string): string {
  const path = `${frame.replace(/\.[^./\\]*$/, '')}.png`;
  const parts = path.split('/');
  const leadsOut = parts.some((part) => part === '' || part === '.' || part === '..') || /[\\\0]|^[a-z]:/i.test(path);
  if (!leadsOut) return path;
  throw new MaskloopError('InvalidName', `The frame name "${frame}" cannot name a file in a folder.`, {
    facts: { frame },
  });
}

/** A folder that label PNGs are written into, each frame once. */
export interface LabelFolder {
  /** @throws MaskloopError `InvalidName`, also for two frames that would be one file; `OutputNotWritable` */
  put(frame: string, png: Uint8Array): Promise<void>;
}

/** Opens a folder for labels; it is made with the first one. */
export function openLabelFolder(dir: string): LabelFolder {
  const written = new Set<string>();
  return {
    async put(frame, png) {
      const path = labelPath(frame);
      if (written.has(path)) {
        throw new MaskloopError('InvalidName', `Two frames would be written as ${path}.`, { facts: { frame, path } });
      }
      written.add(path);
      const target = join(dir, path);
      try {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, png);
      } catch (cause) {
        throw new MaskloopError('OutputNotWritable', `${target} cannot be written.`, {
          facts: { path: target },
          cause,
        });
      }
    },
  };
}
