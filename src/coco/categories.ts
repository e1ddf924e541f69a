import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { Category } from '../contracts/categories.ts';

/** Background has the value 0; no PNG sample is larger than 65,535. */
const idProblem = 'id must be an integer from 1 to 65535';
const nameProblem = 'name must be a text that is not empty';

/** Further members are kept, since COCO allows them and the document repeats the list as it was given. */
const categorySchema = z.looseObject(
  {
    id: z.int(idProblem).min(1, idProblem).max(65_535, idProblem),
    name: z.string(nameProblem).refine((name) => name.trim() !== '', nameProblem),
    supercategory: z.string('supercategory must be a text').optional(),
  },
  'a category must be an object with id and name',
);

/**
 * Reads a categories file: COCO's `[{"id": 1, "name": "…", "supercategory": "…"}, …]`.
 *
 * @param where name of the file, for messages and the fact `file`
 * @returns the entries in the order of the file, with all their members
 * @throws MaskloopError `InvalidCategories` naming the first entry that cannot be used (counted from 1)
 */
export function parseCategories(text: string, where: string): readonly Category[] {
  const list = parseJson(text, where);
  if (!Array.isArray(list)) throw invalid(where, 'it must be a JSON list of categories');
  if (list.length === 0) throw invalid(where, 'its list is empty');
  const ids = new Map<number, number>();
  const names = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const entry = index + 1;
    const { id, name } = parseEntry(item, entry, where);
    const [sameId, sameName] = [ids.get(id), names.get(name)];
    if (sameId !== undefined) throw invalidEntry(where, entry, 'id', id, `id ${id} is also that of entry ${sameId}`);
    if (sameName !== undefined) {
      throw invalidEntry(where, entry, 'name', name, `name ${JSON.stringify(name)} is also that of entry ${sameName}`);
    }
    ids.set(id, entry);
    names.set(name, entry);
  }
  return list as readonly Category[];
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new MaskloopError('InvalidCategories', `${where} is not JSON.`, { facts: { file: where }, cause });
  }
}

function parseEntry(item: unknown, entry: number, where: string): z.infer<typeof categorySchema> {
  const parsed = categorySchema.safeParse(item);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? '');
  const value: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, field) : item;
  const shown = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
  throw invalidEntry(where, entry, field, shown, `${issue?.message ?? 'it is invalid'}, but is ${shown}`);
}

function invalid(where: string, problem: string): MaskloopError {
  return new MaskloopError('InvalidCategories', `${where} cannot be used: ${problem}.`, {
    facts: { file: where, problem },
  });
}

function invalidEntry(
  where: string,
  entry: number,
  field: string,
  value: string | number,
  problem: string,
): MaskloopError {
  return new MaskloopError('InvalidCategories', `${where}, entry ${entry}: ${problem}.`, {
    facts: { file: where, entry, field, value, problem },
  });
}
