import { checkImports } from '../imports/check-imports.ts';
import { listSourceFiles } from '../list-files.ts';
import type { Check } from './check.ts';

export const importRule: Check = {
  title: 'import rule',
  run: async (root) => {
    const { modules, problems } = await checkImports(root, await listSourceFiles(root));
    return { files: modules, problems: problems.join('\n') };
  },
};
