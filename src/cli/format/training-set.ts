import { countOf } from '../../contracts/count-of.ts';
import type { IterationResults } from '../../contracts/iteration.ts';
import type { TrainingSetRef } from '../../contracts/training-set.ts';

/** What was trained on besides the iteration's own labels, and what was not, as rows of a table; none for nothing. */
export function trainingSetRows({
  submission,
  trainingSet,
  trainingSetAfter,
}: Pick<IterationResults, 'submission' | 'trainingSet' | 'trainingSetAfter'>): readonly (readonly string[])[] {
  if (trainingSet === undefined) return [];
  const { earlier, approved, aside = 0, neverSubmitted, feedNotKnown } = trainingSet;
  const tookUp = submission?.tookUp;
  const differs = trainingSetAfter?.differs?.count ?? 0;
  return [
    ...(earlier === 0 ? [] : [['with them', `${countOf(earlier, 'label')} of earlier iterations`]]),
    ...(tookUp === undefined
      ? []
      : [
          [
            'for the first time',
            `${countOf(tookUp.labels, 'label')} of ${countOf(tookUp.count, 'iteration')} that had not trained: ${idsOf(tookUp)}`,
          ],
        ]),
    ...(approved === 0 ? [] : [['approved', `${countOf(approved, 'label')} of others`]]),
    ...(aside === 0 ? [] : [['set aside', `${countOf(aside, 'label')} of iterations without a receipt`]]),
    ...(neverSubmitted === undefined
      ? []
      : [
          [
            'never submitted',
            `sealed labels of ${countOf(neverSubmitted.count, 'iteration')}: ${idsOf(neverSubmitted)}`,
          ],
        ]),
    ...(feedNotKnown === true
      ? [['not known', 'whether MONAI Label fetches labels from CVAT itself: its log may not be read']]
      : []),
    ...(differs === 0 ? [] : [['changed', `${countOf(differs, 'label')} during the training`]]),
  ];
}

function idsOf({ count, first }: NonNullable<TrainingSetRef['neverSubmitted']>): string {
  return first.join(', ') + (count > first.length ? ' and more' : '');
}
