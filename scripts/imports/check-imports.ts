import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { whyNotForBrowsers } from './browser-rule.ts';
import { findCycles } from './find-cycles.ts';
import { whyNotFile, whyNotPackage, whyNotPlace, whyNotUse } from './room-rule.ts';
import { type Import, scanModule } from './scan-module.ts';

export interface ImportReport {
  /** Number of modules read. */
  readonly modules: number;
  /** `file:line what is wrong`, sorted. */
  readonly problems: readonly string[];
}

/**
 * Holds modules against the import table: rooms, packages, `export *`, `process.env`, endings of relative
 * imports, cycles (type imports count), and what pages in a browser are built from.
 *
 * @param root folder of the project
 * @param files paths from `root`, with `/`; no file at all is a problem
 */
export async function checkImports(root: string, files: readonly string[]): Promise<ImportReport> {
  if (files.length === 0) return { modules: 0, problems: [`no module found in ${root}`] };
  const graph = new Map<string, readonly string[]>();
  const atRunTime = new Map<string, readonly Import[]>();
  const problems: string[] = [];
  for (const file of files) {
    const found = await checkModule(root, file);
    atRunTime.set(file, found.imports);
    graph.set(file, found.targets);
    problems.push(...found.problems);
  }
  const cycles = findCycles(graph).map((cycle) => `${cycle[0]}:1 import cycle: ${cycle.join(' -> ')}`);
  return { modules: files.length, problems: [...problems, ...cycles, ...whyNotForBrowsers(atRunTime)].toSorted() };
}

interface Module {
  /** Files of ours that it imports. */
  readonly targets: readonly string[];
  /** What it imports at run time; files of ours as paths from the root. */
  readonly imports: readonly Import[];
  readonly problems: readonly string[];
}

async function checkModule(root: string, file: string): Promise<Module> {
  const problems: string[] = [];
  const atRunTime: Import[] = [];
  const targets: string[] = [];
  const add = (line: number, reason: string | null): void => {
    if (reason !== null) problems.push(`${file}:${line} ${reason}`);
  };
  add(1, whyNotPlace(file));
  try {
    const { imports, uses } = await scanModule(await readFile(path.join(root, file), 'utf8'), file.endsWith('.tsx'));
    for (const use of uses) add(use.line, whyNotUse(file, use));
    for (const one of imports) {
      if (!one.specifier.startsWith('.')) {
        if (!one.isType) atRunTime.push(one);
        add(one.line, whyNotPackage(file, one.specifier));
        continue;
      }
      const target = path.posix.join(path.posix.dirname(file), one.specifier);
      targets.push(target);
      if (!one.isType) atRunTime.push({ ...one, specifier: target });
      add(one.line, whyNotRelative(root, target, one) ?? whyNotFile(file, target));
    }
  } catch (error) {
    const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
    add(1, `cannot be read: ${String(message).split('\n', 1)[0]?.trim()}`);
  }
  return { targets, imports: atRunTime, problems };
}

function whyNotRelative(root: string, target: string, { specifier }: Import): string | null {
  if (!existsSync(path.join(root, target))) return `${specifier} leads to no file`;
  return /\.(ts|tsx|js|mjs|json|css)$/.test(specifier) ? null : `${specifier} has no file ending`;
}
