import { isCancellation } from '@temporalio/workflow';
import { FAILURES } from '../../contracts/failures.ts';
import { loopText } from '../../contracts/ids.ts';
import type { Trouble } from '../../contracts/iteration.ts';
import type { LoopEnd, LoopState } from '../../contracts/loop.ts';
import type { LoopTold } from '../../contracts/notice-activities.ts';
import type { LoopContext } from './loop-context.ts';
import { choicesOf } from './loop-state.ts';

/** Tells people that the loop waits for an answer. */
export async function tellAsking(context: LoopContext): Promise<void> {
  const { state, id } = context.session;
  const commands = choicesOf(state).map((choice) => `maskloop loop answer ${loopText(id)} "${choice}"`);
  await tell(context, { kind: 'attention', trouble: state.trouble ?? proposal(state), commands });
}

/** Tells people that the loop has ended. */
export async function tellStopped(context: LoopContext, { words, at, why, by }: LoopEnd): Promise<void> {
  const reason = words === '' ? `${why === 'person' ? (by ?? 'somebody') : why} stopped it` : words;
  await tell(context, { kind: 'loop-stopped', number: context.session.state.number ?? 0, why: reason, at });
}

/** What rules propose, as people are told of a failure. */
function proposal({ findings, since }: LoopState): Trouble {
  const proposed = findings.flatMap(({ proposes, words }) => (proposes ? [words] : [])).join('; ');
  const message = proposed === '' ? 'something that they need is lost, so none could be judged' : proposed;
  const code = 'StopProposed';
  return {
    code,
    message: `The rules leave it open whether the loop goes on: ${message}.`,
    action: FAILURES[code].action,
    facts: {},
    since,
  };
}

/** Whatever goes wrong with a notice stops no loop. */
async function tell({ session, proxies }: LoopContext, what: LoopTold): Promise<void> {
  const { input, state } = session;
  try {
    await proxies.notices.tellOfLoop({ loop: input, policy: state.policy, what });
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
