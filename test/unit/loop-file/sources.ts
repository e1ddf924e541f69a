import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoopSources } from '../../../src/loop-file/loop-sources.ts';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import { openStore } from '../../../src/storage/open-store.ts';

/** A store beside the file, real files and folders, and a CVAT whose project has two labels. */
export function sourcesIn(dir: string): LoopSources {
  const store = openStore(path.join(dir, 'store'));
  return {
    readFile: (_, file) => readFile(file),
    putArtifact: (content) => store.put(content),
    describeFolder: (_, given) => describeFolder(given),
    projectCategories: async () => ({
      categories: await store.put(Buffer.from('[]')),
      names: ['instrument', 'liver'],
    }),
  };
}
