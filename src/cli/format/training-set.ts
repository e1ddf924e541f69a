import { countOf } from '../../contracts/count-of.ts';
import type { IterationResults } from '../../contracts/iteration.ts';
import type { SubmissionRef } from '../../contracts/training.ts';
import type { TrainingSetRef } from '../../contracts/training-set.ts';

/** What was trained on besides the iteration's own labels, and what was not, as rows of a table; none for nothing. */
export function trainingSetRows({
  submission,
  trainingSet,
  trainingSetAfter,
}: Pick<IterationResults, 'submission' | 'trainingSet' | 'trainingSetAfter'>): readonly (readonly string[])[] {
  if (trainingSet === undefined) return [];
  const { earlier, approved, aside = 0, neverSubmitted, elsewhere, feedNotKnown } = trainingSet;
  const { tookUp, notTakenUp, unmeasured } = submission ?? {};
  const differs = trainingSetAfter?.differs?.count ?? 0;
  return [
    ...(unmeasured === undefined ? [] : [['held out too', heldOutText(unmeasured)]]),
    ...(earlier === 0 ? [] : [['with them', `${countOf(earlier, 'label')} of earlier iterations`]]),
    ...(tookUp === undefined
      ? []
      : [
          [
            'for the first time',
            `${countOf(tookUp.labels, 'label')} of ${countOf(tookUp.count, 'iteration')} that had not trained: ${idsOf(tookUp)}`,
          ],
        ]),
    ...(notTakenUp?.first ?? []).map(({ iteration, frame, why }) => [
      'not yet',
      `${frame === null ? iteration : `${frame} of ${iteration}`}: ${why}`,
    ]),
    ...moreRow(notTakenUp),
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
    ...(elsewhere === undefined
      ? []
      : [
          [
            'trained elsewhere',
            `sealed labels of ${countOf(elsewhere.count, 'iteration')}, at another trainer alone: ${idsOf(elsewhere)}`,
          ],
        ]),
    ...(feedNotKnown === true
      ? [['not known', 'whether MONAI Label fetches labels from CVAT itself: its log may not be read']]
      : []),
    ...(differs === 0 ? [] : [['changed', `${countOf(differs, 'label')} during the training`]]),
  ];
}

function heldOutText({ copies, others, first }: NonNullable<SubmissionRef['unmeasured']>): string {
  const count = copies + others;
  const more = count > first.length ? ` and ${count - first.length} more` : '';
  return `${countOf(count, 'frame')}, not measured: ${first.join(', ')}${more}`;
}

function moreRow(left: SubmissionRef['notTakenUp']): readonly (readonly string[])[] {
  const more = left === undefined ? 0 : left.count - left.first.length;
  return more === 0 ? [] : [['not yet', `and ${more} more`]];
}

function idsOf({ count, first }: NonNullable<TrainingSetRef['neverSubmitted']>): string {
  return first.join(', ') + (count > first.length ? ' and more' : '');
}
