import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { parseColour } from './colour.ts';

/** A colour of a label map, and what it stands for. */
export interface LabelColour {
  /** `#rrggbb` in lower case. */
  readonly colour: string;
  /** Name of a category, or its id. */
  readonly label: string | number;
  /** Where the file says so, for messages: `line 3`. */
  readonly entry: string;
}

const LARGEST_BYTE = 255;
const colourProblem = 'a colour must be a text such as "#ff0000"';
const labelProblem = 'a colour must stand for the id (0 for background) or the name of a category';
const colour = z.string(colourProblem).refine((text) => parseColour(text) !== null, colourProblem);

/** `{"#ff0000": 1, "#00ff00": "needle"}`. */
const byColour = z.record(colour, z.union([z.int().min(0).max(65_535), z.string().min(1)], labelProblem));
/** `[{"name": "needle", "color": "#ff0000"}]`: labels as CVAT shows them raw, with further members. */
const labels = z.array(
  z.object({ name: z.string('name must be a text').min(1, 'name must not be empty'), color: colour }),
);

/**
 * Reads a label map: CVAT's `labelmap.txt` (`name:r,g,b:parts:actions`, a line for each label), or JSON, which is a list of
 * labels with `name` and `color` as CVAT has them, or an object of ids or names by colour.
 *
 * @param where name of the file, for messages and the fact `file`
 * @throws MaskloopError `InvalidLabelMap` naming the first entry that cannot be used, or if there is none
 */
export function parseLabelMap(text: string, where: string): readonly LabelColour[] {
  const content = text.replace(/^\uFEFF/, '');
  const entries = /^\s*[[{]/.test(content) ? fromJson(content, where) : fromLines(content, where);
  if (entries.length === 0) throw invalidLabelMap(where, 'it names no colour', {});
  return entries;
}

/** `problem` completes the sentence "`where` cannot be used: …". */
export function invalidLabelMap(where: string, problem: string, facts: Record<string, string | number>): MaskloopError {
  return new MaskloopError('InvalidLabelMap', `${where} cannot be used: ${problem}.`, {
    facts: { file: where, problem, ...facts },
  });
}

function fromLines(text: string, where: string): LabelColour[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const entry = `line ${index + 1}`;
    const [, name = '', ...digits] = /^(.+?):(\d+),\s*(\d+),\s*(\d+)(?::[^:]*){0,2}$/.exec(line.trim()) ?? [];
    const bytes = digits.map(Number);
    if (name === '' || bytes.some((byte) => byte > LARGEST_BYTE)) {
      const shown = JSON.stringify(line.slice(0, 80));
      throw invalidLabelMap(where, `${entry} is ${shown} instead of name:red,green,blue::`, { entry });
    }
    return [{ colour: `#${Buffer.from(bytes).toString('hex')}`, label: name, entry }];
  });
}

function fromJson(text: string, where: string): LabelColour[] {
  const document = parseJson(text, where);
  if (Array.isArray(document)) {
    const list = parsed(labels, document, where);
    return list.map(({ name, color }, index) => ({
      colour: color.toLowerCase(),
      label: name,
      entry: `entry ${index + 1}`,
    }));
  }
  const entries = Object.entries(parsed(byColour, document, where));
  return entries.map(([name, label], index) => ({ colour: name.toLowerCase(), label, entry: `entry ${index + 1}` }));
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MaskloopError('InvalidLabelMap', `${where} is not JSON.`, { facts: { file: where }, cause });
  }
}

function parsed<T>(schema: z.ZodType<T>, document: unknown, where: string): T {
  const answer = schema.safeParse(document);
  if (answer.success) return answer.data;
  const issue = answer.error.issues[0];
  const [at] = issue?.path ?? [];
  const entry = typeof at === 'number' ? `entry ${at + 1}` : JSON.stringify(at ?? '');
  // A key that is no colour has its own problem inside the issue about the key.
  const problem = issue?.code === 'invalid_key' ? colourProblem : (issue?.message ?? 'it is invalid');
  throw invalidLabelMap(where, `${entry}: ${problem}`, { entry });
}
