/** Runs everything static. Each check says how many files it read; one that read none has failed. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from './check/compose.ts';
import { importRule } from './check/import-rule.ts';
import { runChecks } from './check/run-checks.ts';
import { sizes } from './check/sizes.ts';
import { formatter, linter, unused } from './check/tools.ts';
import { typesOf } from './check/types.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const checks = [
  typesOf('tsconfig.json', true),
  typesOf('tsconfig.workflows.json', false),
  typesOf('web/tsconfig.json', true),
  linter,
  formatter,
  unused,
  importRule,
  sizes,
  compose,
];
const failed = await runChecks(root, checks, (text) => process.stdout.write(text));
process.exitCode = failed.length > 0 ? 1 : 0;
