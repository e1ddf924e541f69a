import { z } from 'zod';
import { isMaskloopError } from '../../contracts/error.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import { canonicalJson, isRecord } from '../../storage/canonical-json.ts';
import { loopPolicy } from '../loop-policy.ts';
import { parseLoopFile } from '../parse-loop-file.ts';
import type { LoopFile } from '../schema/loop-file.ts';

const facts = z.object({ problems: z.array(z.object({ path: z.string() })) });

/**
 * Parts of a policy that its written file does not bring back, by their names, or keys of the file that cannot be as they are there;
 * empty where it means the same. Lists and folders are not read for it.
 *
 * @param text what was written of the policy
 */
export function unsaidParts(policy: LoopPolicy, text: string): readonly string[] {
  const { heldOut } = policy.iteration.training;
  const refs = {
    categories: policy.categories,
    rules: policy.iteration.conversion.rules,
    pool: policy.pool,
    firstMasks: policy.firstMasks,
    heldOut: heldOut ?? null,
    book: policy.notices?.book ?? null,
  };
  const read = contentOf(text);
  return 'wrong' in read ? read.wrong : differing(policy, loopPolicy(read.content, refs));
}

/** A policy that was made by other means than a file may hold what no file may. */
function contentOf(text: string): { readonly content: LoopFile } | { readonly wrong: readonly string[] } {
  try {
    return { content: parseLoopFile(text, 'maskloop.yaml').content };
  } catch (error) {
    const found = isMaskloopError(error, 'InvalidLoopFile') ? facts.safeParse(error.facts).data : undefined;
    if (found === undefined) throw error;
    return { wrong: found.problems.map(({ path }) => path) };
  }
}

function differing(a: object, b: object): readonly string[] {
  const here = new Map<string, unknown>(Object.entries(a));
  const there = new Map<string, unknown>(Object.entries(b));
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((key) => {
    const one = here.get(key);
    const other = there.get(key);
    if (canonicalJson(one ?? null) === canonicalJson(other ?? null)) return [];
    // What all iterations have in common is many parts.
    return key === 'iteration' && isRecord(one) && isRecord(other) ? differing(one, other) : [key];
  });
}
