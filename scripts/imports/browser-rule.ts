import { ROOMS } from './import-table.ts';
import type { Import } from './scan-module.ts';

/** What pages in a browser are built from; all that it imports, but for types, goes there with it. */
const FOR_BROWSERS: readonly string[] = ['src/api/', ...(ROOMS['web']?.files ?? [])];

/** Packages that run in a browser. */
const BROWSER_PACKAGES: readonly string[] = ['zod', 'yaml'];

/**
 * Says where modules that pages are built from reach something that only Node has.
 *
 * @param graph module → what it imports at run time, relative imports as paths from the project's root
 * @returns `file:line what is wrong`
 */
export function whyNotForBrowsers(graph: ReadonlyMap<string, readonly Import[]>): readonly string[] {
  const problems: string[] = [];
  const reached = new Set([...graph.keys()].filter((file) => FOR_BROWSERS.some((place) => file.startsWith(place))));
  // A set that grows is walked to its new end.
  for (const file of reached) {
    for (const { specifier, line } of graph.get(file) ?? []) {
      if (graph.has(specifier)) reached.add(specifier);
      else if (!BROWSER_PACKAGES.includes(specifier) && !specifier.startsWith('src/')) {
        problems.push(`${file}:${line} pages in a browser are built from this; ${specifier} is not for them`);
      }
    }
  }
  return problems;
}
