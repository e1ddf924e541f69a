import type { DecisionName } from '../contracts/decision.ts';
import type { IterationState } from '../contracts/iteration.ts';
import type { SetDecisions } from '../contracts/training-set.ts';

/** How the detail of an approval names the list that was approved. */
const LIST = /^list ([0-9a-f]{64})$/;

/** What agrees to labels being put back; a pause or a resume says nothing of them. */
const CONSENT: readonly DecisionName[] = ['retry', 'approve'];

/** The digest of the list of labels or frames that waits for approval; null where nothing of that kind does. */
function listToApprove({ step, waitingFor, trouble }: IterationState): string | null {
  if (step !== 'train' || waitingFor !== 'decision') return null;
  const digest = trouble?.facts['approves'];
  return typeof digest === 'string' && LIST.test(`list ${digest}`) ? digest : null;
}

/** True if a person may approve what was found about the training set. */
export function isApprovableSet(state: IterationState): boolean {
  return listToApprove(state) !== null;
}

/** What the decision says that approves it: exactly this list, and no later one. */
export function approvalOf(state: IterationState): string {
  return `list ${listToApprove(state) ?? ''}`;
}

/** What was decided about the training set so far. */
export function setDecisions({ decisions }: Pick<IterationState, 'decisions'>): SetDecisions {
  const ofTraining = decisions.filter(({ step }) => step === 'train');
  return {
    putBack: ofTraining.some(({ what, about }) => CONSENT.includes(what) && about === 'TrainingSetDiffers'),
    approved: ofTraining.flatMap(({ what, detail }) => {
      const digest = what === 'approve' ? LIST.exec(detail ?? '')?.[1] : undefined;
      return digest === undefined ? [] : [digest];
    }),
  };
}
