import type { Finding } from '../contracts/doctor.ts';
import { missingText } from '../labels/missing-text.ts';
import { nearNames } from '../labels/near-names.ts';
import type { MonaiInfo } from '../monai/monai.ts';
import { fine, warning } from './finding.ts';

/** More names than these are counted, not listed. */
const MAX_LISTED = 8;
/** More models than these that differ are counted, not listed. */
const MAX_MODELS = 3;

/**
 * Compares the labels of a project with those of each model that can be trained, by exactly the same name. Models that
 * name no labels are left out: that is told elsewhere.
 *
 * @param labels names in CVAT
 */
export function compareLabels(
  project: string,
  labels: readonly string[],
  { trainers, models }: Pick<MonaiInfo, 'models' | 'trainers'>,
): readonly Finding[] {
  const same: string[] = [];
  const differing: Finding[] = [];
  for (const model of trainers) {
    // Index 0 is the background.
    const known = Object.entries(models[model]?.labels ?? {}).flatMap(([name, index]) => (index > 0 ? [name] : []));
    if (known.length === 0) continue;
    const found = difference({ project, model }, labels, known);
    if (found === null) same.push(model);
    else differing.push(found);
  }
  const agree =
    same.length === 0 ? [] : [fine(`project "${project}" has exactly the labels of ${listed(same, same.join(', '))}`)];
  const rest = differing.length - MAX_MODELS;
  const more =
    rest <= 0
      ? []
      : [
          warning(
            `${rest} more models have other labels than project "${project}"`,
            'Look at the models that you train.',
          ),
        ];
  return [...agree, ...differing.slice(0, MAX_MODELS), ...more];
}

function difference(
  { project, model }: { readonly project: string; readonly model: string },
  labels: readonly string[],
  known: readonly string[],
): Finding | null {
  const untrained = labels.filter((name) => !known.includes(name));
  const undrawn = known.filter((name) => !labels.includes(name));
  const parts = [
    ...(untrained.length === 0 ? [] : [`model ${model} does not know ${named(untrained, known)}`]),
    ...(undrawn.length === 0 ? [] : [`project "${project}" has no label ${named(undrawn, labels)}`]),
  ];
  if (parts.length === 0) return null;
  const actions = [
    ...(untrained.length === 0
      ? []
      : ['Give the model the names (or the label in CVAT the name of the model), or train another model or none']),
    ...(undrawn.length === 0
      ? []
      : ['Add what people should draw in CVAT, or have the start add it (on the command line: `--sync-labels`)']),
  ];
  return warning(parts.join('; '), `${actions.join('. ')}.`);
}

/** The names, each with those of the other side that come near. */
function named(names: readonly string[], others: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED);
  const near = Object.fromEntries(shown.map((name) => [name, nearNames(name, others)]));
  return listed(names, missingText(shown, near));
}

function listed(names: readonly string[], text: string): string {
  return names.length > MAX_LISTED ? `${text} and ${names.length - MAX_LISTED} more` : text;
}
