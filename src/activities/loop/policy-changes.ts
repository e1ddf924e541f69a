import type { LoopPolicy } from '../../contracts/loop.ts';
import { policyRows } from '../../loop-file/policy/policy-words.ts';

/** What another policy changes, in words: `batch: 2 frames … instead of 5 frames …`; `nothing` where they say the same. */
export function policyChanges(before: LoopPolicy, after: LoopPolicy): string {
  const [was, is] = [wordsByPart(before), wordsByPart(after)];
  const parts = [...new Set([...is.keys(), ...was.keys()])];
  const changed = parts.flatMap((part) => {
    const [old = 'nothing', now = 'nothing'] = [was.get(part), is.get(part)];
    return old === now ? [] : [`${part}: ${now} instead of ${old}`];
  });
  return changed.length === 0 ? 'nothing' : changed.join('; ');
}

function wordsByPart(policy: LoopPolicy): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const [part, text] of policyRows(policy)) {
    const known = words.get(part);
    words.set(part, known === undefined ? text : `${known}, ${text}`);
  }
  return words;
}
