import type { ModelSurvey, Seen, TrainerSurvey } from '../../inspection/survey/survey.ts';

/** The model that a loop trains, or why it is not known which. */
export type ChosenModel = Seen<ModelSurvey>;

/**
 * The model of this name; else the only one that can be trained, or the only one with exactly the labels of the project.
 *
 * @param labels of the project; null where they are not known
 */
export function chooseModel(
  trainer: Seen<TrainerSurvey>,
  wanted: string | null,
  labels: readonly string[] | null,
): ChosenModel {
  if ('missing' in trainer) {
    return wanted === null ? trainer : { found: { name: wanted, labels: [], isPublished: false } };
  }
  const { models, place } = trainer.found;
  const names = models.map(({ name }) => name).join(', ');
  if (wanted !== null) {
    const found = models.find(({ name }) => name === wanted);
    return found === undefined
      ? { missing: `${place} cannot train "${wanted}", but ${names || 'nothing'}` }
      : { found };
  }
  const [only, ...others] = models;
  if (only === undefined) return { missing: `${place} has no model that can be trained` };
  if (others.length === 0) return { found: only };
  const [same, ...more] = models.filter((model) => labels !== null && hasSame(model.labels, labels));
  if (same !== undefined && more.length === 0) return { found: same };
  return { missing: `one of ${names}` };
}

function hasSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
