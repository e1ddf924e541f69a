import type { Category } from '../../contracts/categories.ts';
import type { MaskSurvey } from '../../coco/survey-masks.ts';
import type { CvatSurvey, Seen } from '../../inspection/survey/survey.ts';
import { FROM_CVAT } from '../../loop-file/schema/loop-file.ts';
import type { Entry } from './draft-entry.ts';

/** Classes by value, and where they are from. */
export interface Classes {
  readonly entry: Entry;
  /** Null where they are not known. */
  readonly list: readonly Pick<Category, 'id' | 'name'>[] | null;
}

/** More classes than these are counted, not listed. */
const MOST_LISTED = 12;

/** The key `categories`: a file where there is one, else the labels of the project. @param file relative to the drafted file */
export function draftClasses(
  file: { readonly path: string; readonly list: readonly Category[] } | null,
  cvat: Seen<CvatSurvey>,
): Classes {
  if (file !== null) {
    return { entry: { kind: 'set', key: 'categories', value: file.path, comment: listed(file.list) }, list: file.list };
  }
  const labels = 'found' in cvat ? (cvat.found.project?.labels ?? []) : [];
  if (labels.length === 0) {
    const reason = "the file with COCO's list of categories, or cvat for the labels of the project; neither was found";
    return { entry: { kind: 'todo', key: 'categories', reason }, list: null };
  }
  const list = labels.map((name, at) => ({ id: at + 1, name }));
  const comment = `values of masks as CVAT numbers its labels, ${listed(list)}: right for masks of its exports, else write a file`;
  return { entry: { kind: 'set', key: 'categories', value: FROM_CVAT, comment }, list };
}

/**
 * Keys of `masks` about how pixels are read.
 *
 * @param labelMap relative to the drafted file; null for none
 */
export function draftPixels(
  survey: MaskSurvey | null,
  list: Classes['list'],
  labelMap: string | null,
): readonly Entry[] {
  const instances: Entry = {
    kind: 'option',
    key: 'instances',
    value: 'components',
    comment: 'an annotation for each connected component instead of each class',
  };
  if (survey === null) return [instances];
  if (survey.coloured > 0) return [colours(survey, labelMap), instances];
  const unknown = list === null ? [] : survey.values.filter(({ value }) => list.every(({ id }) => id !== value));
  if (unknown.length === 0) return [instances];
  const shown = unknown.slice(0, MOST_LISTED).map(({ value }) => value);
  const reason = `masks hold ${shown.join(', ')}, which is no class: say what counts as what, as in { ${shown[0]}: ${list?.[0]?.id ?? 1} }, or leave out by ignore: [${shown.join(', ')}]`;
  return [{ kind: 'todo', key: 'map', reason }, instances];
}

function colours({ coloured, looked }: MaskSurvey, labelMap: string | null): Entry {
  const what = `${coloured} of ${looked} masks are in colour`;
  if (labelMap !== null) return { kind: 'set', key: 'labelMap', value: labelMap, comment: what };
  return {
    kind: 'todo',
    key: 'labelMap',
    reason: `${what}: name CVAT's labelmap.txt, or JSON with the colour of each class`,
  };
}

function listed(list: readonly Pick<Category, 'id' | 'name'>[]): string {
  const shown = list.slice(0, MOST_LISTED).map(({ id, name }) => `${id} ${name}`);
  return list.length > MOST_LISTED ? `${shown.join(', ')} and ${list.length - MOST_LISTED} more` : shown.join(', ');
}
