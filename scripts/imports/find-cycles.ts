/**
 * Import cycles, each once, as the modules along it; the first is named again at the end.
 *
 * @param graph module → modules that it imports
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];

  const visit = (module: string): void => {
    const at = trail.indexOf(module);
    if (at !== -1) {
      cycles.push([...trail.slice(at), module]);
      return;
    }
    if (done.has(module)) return;
    trail.push(module);
    for (const next of graph.get(module) ?? []) visit(next);
    trail.pop();
    done.add(module);
  };

  for (const module of graph.keys()) visit(module);
  return cycles;
}
