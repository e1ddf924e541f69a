import { countOf } from '../../contracts/count-of.ts';
import { missingNames } from './missing-names.ts';
import type { ChosenModel } from './choose-model.ts';
import type { DraftRequest } from './draft-request.ts';

/** What was seen of servers and folders, a line for each. */
export function seenLines(
  { servers, inputs }: Pick<DraftRequest, 'inputs' | 'servers'>,
  model: ChosenModel,
): readonly string[] {
  const { cvat, trainer } = servers;
  const labels = 'found' in cvat ? (cvat.found.project?.labels ?? null) : null;
  return [
    'Written by maskloop init. What it has seen:',
    `  CVAT: ${'missing' in cvat ? cvat.missing : cvatText(cvat.found)}`,
    `  trainer: ${'missing' in trainer ? trainer.missing : trainerText(trainer.found)}`,
    ...('found' in model && labels !== null && model.found.labels.length > 0
      ? missingNames(labels, model.found.labels).map((line) => `  labels: ${line}`)
      : []),
    ...(inputs.categories !== null && labels !== null && undrawn(inputs.categories.list, labels) !== ''
      ? [`  classes: the project has no label ${undrawn(inputs.categories.list, labels)}; syncLabels adds it`]
      : []),
    `  masks: ${inputs.masks === null ? 'none' : `${inputs.masks.dir}, ${masksText(inputs.masks.survey)}`}`,
    `  images: ${inputs.images === null ? 'none' : `${inputs.images.dir}, ${countOf(inputs.images.names.length, 'image')}`}`,
    'maskloop loop check says what the file means; docs/maskloop-yaml.md has every key.',
  ];
}

function undrawn(classes: readonly { readonly name: string }[], labels: readonly string[]): string {
  return classes.flatMap(({ name }) => (labels.includes(name) ? [] : [name])).join(', ');
}

function cvatText({
  url,
  projects,
  project,
}: Extract<DraftRequest['servers']['cvat'], { found: unknown }>['found']): string {
  if (project === null) return `${url}, ${countOf(projects.length, 'project')}`;
  const { name, labels, tasks } = project;
  const classes =
    labels.length === 0 ? 'no labels' : `${countOf(labels.length, 'label')} (${labels.slice(0, 20).join(', ')})`;
  return `${url}, project "${name}" with ${classes} and ${countOf(tasks, 'task')}`;
}

function trainerText({
  place,
  models,
  strategies,
}: Extract<DraftRequest['servers']['trainer'], { found: unknown }>['found']): string {
  const names = models.map(({ name, isPublished }) => `${name}${isPublished ? ' (published)' : ''}`);
  const ways = strategies.length === 0 ? '' : `; its own strategies: ${strategies.join(', ')}`;
  return `${place} can train ${names.join(', ') || 'nothing'}${ways}`;
}

function masksText({
  names,
  looked,
  values,
  coloured,
  broken,
}: NonNullable<DraftRequest['inputs']['masks']>['survey']): string {
  const held = values.slice(0, 20).map(({ value, masks }) => `${value} in ${masks}`);
  const what = [
    ...(held.length === 0 ? [] : [`values ${held.join(', ')}`]),
    ...(coloured === 0 ? [] : [`${coloured} in colour`]),
    ...(broken === null ? [] : [`cannot be read: ${broken}`]),
  ];
  return `${countOf(names.length, 'mask')}; of ${looked} that were read: ${what.join('; ') || 'all background'}`;
}
