import { MaskloopError } from '../../contracts/error.ts';
import type { LoopRow } from './find-loops.ts';

/** At most so many ids are named in an error. */
const LISTED = 20;

/** A loop as people write it: `P/NAME`, with the names decoded. */
function written({ id, project, name, connection }: LoopRow): readonly string[] {
  const plain = connection === 'default' ? `${project}/${name}` : `${connection}/${project}/${name}`;
  return [id, id.replace(/^~loop\//, ''), plain, name];
}

/**
 * The one loop that is meant: by its id, by `P/NAME`, by its name, else by the beginning of one of these. Without anything given
 * it is the only one that runs, else the only one there is.
 *
 * @throws MaskloopError `LoopAmbiguous` (facts.candidates) if several match, `LoopNotFound` if none does
 */
export function resolveLoop(given: string | undefined, rows: readonly LoopRow[]): LoopRow {
  const running = rows.filter(({ state }) => state === 'running');
  const matching = given === undefined ? (running.length > 0 ? running : rows) : matches(given, rows);
  const [only, second] = matching;
  if (only === undefined) {
    const message = given === undefined ? 'There is no loop.' : `No loop matches ${given}.`;
    throw new MaskloopError('LoopNotFound', message, { facts: { given: given ?? null } });
  }
  if (second === undefined) return only;
  const lines = matching.slice(0, LISTED).map(({ id }) => `  ${id.replace(/^~loop\//, '')}`);
  throw new MaskloopError('LoopAmbiguous', `Several loops may be meant:\n${lines.join('\n')}`, {
    facts: { given: given ?? null, candidates: matching.map(({ id }) => id) },
  });
}

function matches(given: string, rows: readonly LoopRow[]): readonly LoopRow[] {
  const exact = rows.filter((row) => written(row).includes(given));
  return exact.length > 0 ? exact : rows.filter((row) => written(row).some((text) => text.startsWith(given)));
}
