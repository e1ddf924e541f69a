import { MaskloopError } from '../contracts/error.ts';

/** At most so many ids are named in an error. */
const LISTED = 20;

/**
 * The one id that is meant: the id itself, else the only one that begins with `given`, else the only one there is if
 * nothing is given. Names may be given as people write them, for instance `Surg VU/Day 1` for `Surg%20VU/Day%201`.
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
  const asIds = [given, asWrittenInIds(given)];
  const exact = ids.filter((id) => asIds.includes(id));
  return exact.length > 0 ? exact : ids.filter((id) => asIds.some((prefix) => id.startsWith(prefix)));
}

/** Percent-encodes what ids encode, but keeps `/` and `~`, which separate the parts of an id. */
function asWrittenInIds(text: string): string {
  if (!text.isWellFormed()) return text;
  const encoded = text.split('/').map((part) => encodeURIComponent(part));
  return encoded.join('/').replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
