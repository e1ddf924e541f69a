import { ChildWorkflowCancellationType, ParentClosePolicy, patched, startChild } from '@temporalio/workflow';
import { firstAttributes } from '../../contracts/first-attributes.ts';
import { ITERATION_WORKFLOW, type IterationInput } from '../../contracts/iteration.ts';
import type { NextIteration } from '../../contracts/loop-activities.ts';
import type { ReceiptRef } from '../../contracts/refs.ts';
import type { StopFinding } from '../../contracts/stop-rules.ts';
import { forLoop, type LoopContext } from './loop-context.ts';
import type { LoopSession } from './loop-session.ts';
import { iterate, placeAt, serverIsBack, takeEdited, tooFew } from './loop-state.ts';
import { tryWork } from './try-work.ts';

/** The registered iteration as a loop starts it. */
type Iteration = (input: IterationInput) => Promise<ReceiptRef>;

/**
 * Chooses the next batch and starts its iteration. Comes back without one where a person is asked, where the loop rests, and
 * where it was paused or stopped meanwhile: what was chosen is kept.
 */
export async function beginIteration(context: LoopContext): Promise<void> {
  const { session, proxies } = context;
  session.update(takeEdited);
  const from = session.state.number;
  const place = await tryWork(session, () => proxies.look.findLoopNumber({ ...forLoop(session), from }), 'begin');
  if (place === null) return;
  session.update((state, now) => placeAt(state, place, now));
  if (session.state.phase === 'resting') session.update(serverIsBack);
  if (mayNotBegin(session) || session.state.phase === 'resting') return;
  const next = await tryWork(session, async () => {
    const args = { ...forLoop(session), number: place.number };
    const selection = place.task === 'there' ? null : await proxies.choose.selectSamples(args);
    return proxies.look.prepareIteration({ ...args, selection });
  });
  if (next === null || mayNotBegin(session)) return;
  if (next.kind === 'too few') session.update((state, now) => tooFew(state, ruled(session, next.finding), now));
  else if (next.kind === 'known') session.update((state, now) => iterate(state, next.id, now));
  else await start(session, next);
}

/** A loop on a schedule rested whatever the rule said, before it was asked what it says. */
function ruled({ state }: LoopSession, finding: StopFinding): StopFinding {
  const isObeyed = finding.action === 'note' || state.pace !== 'schedule' || patched('empty-pool-on-schedule');
  return isObeyed ? finding : { ...finding, action: 'note' };
}

function mayNotBegin({ state }: LoopSession): boolean {
  return state.paused || state.end !== null;
}

/** The iteration outlives this run, and the loop. Where somebody else was faster theirs is waited for. */
async function start(
  session: LoopSession,
  { id, input, digest }: Extract<NextIteration, { kind: 'start' }>,
): Promise<void> {
  try {
    const handle = await startChild<Iteration>(ITERATION_WORKFLOW, {
      workflowId: id,
      args: [input],
      memo: { digest, by: `loop ${session.input.name}` },
      typedSearchAttributes: firstAttributes(input, new Date(session.now())),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
    });
    const child = { hasEnded: false };
    session.child = child;
    const end = (): void => {
      child.hasEnded = true;
    };
    // How it has ended is read from its receipt and from Temporal.
    void handle.result().then(end, end);
  } catch (error) {
    const isThere = error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
    if (!isThere) throw error;
  }
  session.update((state, now) => iterate(state, id, now));
}
