/** Prints what breaks the import rule of CONTRIBUTING.md; the rule itself is `imports/import-table.ts`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkImports } from './imports/check-imports.ts';
import { listSourceFiles } from './list-files.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { modules, problems } = await checkImports(root, await listSourceFiles(root));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`import rule: ${modules} modules, ${problems.length} problems\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
