import { MaskloopError } from '../contracts/error.ts';

/** At most so many ids are named in an error. */
const LISTED = 20;

/**
 * The one id that is meant: the id itself, else the only one that begins with `given`, else the only one there is if
 * nothing is given. Names may be given as people write them, for instance `Surg/VU/Day 1` for `Surg%2FVU/Day%201`.
 *
 * @param kind which iterations `ids` are, for the text of an error: `running`, `finished`
 * @throws MaskloopError `IterationAmbiguous` (facts.candidates) if several match, `IterationNotFound` if none does
 */
export function resolveId(given: string | undefined, ids: readonly string[], kind = ''): string {
  const iteration = kind === '' ? 'iteration' : `${kind} iteration`;
  if (given !== undefined && ids.includes(given)) return given;
  const matching = given === undefined ? ids : matches(given, ids);
  const [only, ...more] = matching;
  if (only === undefined) {
    const message = given === undefined ? `There is no ${iteration}.` : `No ${iteration} matches ${given}.`;
    throw new MaskloopError('IterationNotFound', message, { facts: { given: given ?? null } });
  }
  if (more.length === 0) return only;
  const listed = matching.slice(0, LISTED);
  const rest = matching.length - listed.length;
  const lines = [...listed, ...(rest > 0 ? [`… and ${rest} more`] : [])].map((id) => `  ${id}`);
  const question =
    given === undefined ? `There are several ${iteration}s` : `Several ${iteration}s begin with ${given}`;
  throw new MaskloopError('IterationAmbiguous', `${question}:\n${lines.join('\n')}`, {
    facts: { given: given ?? null, candidates: matching },
  });
}

function matches(given: string, ids: readonly string[]): readonly string[] {
  const exact = ids.filter((id) => asPeopleWriteIt(id) === given);
  return exact.length > 0 ? exact : ids.filter((id) => id.startsWith(given) || asPeopleWriteIt(id).startsWith(given));
}

/** The id with its names decoded: `Surg/VU/Day 1` for `Surg%2FVU/Day%201`. Two ids may be written the same. */
function asPeopleWriteIt(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
