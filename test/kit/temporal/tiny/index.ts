import { condition, continueAsNew, executeChild, proxyActivities, sleep } from '@temporalio/workflow';

interface TinyActivities {
  echo(text: string): Promise<string>;
}

const { echo } = proxyActivities<TinyActivities>({ startToCloseTimeout: '10 seconds', retry: { maximumAttempts: 1 } });

/** Echoes, waits an hour, and continues as new until nothing is left: a chain of `left + 1` runs. */
export async function countdownWorkflow(left: number): Promise<string> {
  const answer = await echo(`left ${left}`);
  await sleep('1 hour');
  if (left > 0) await continueAsNew<typeof countdownWorkflow>(left - 1);
  return answer;
}

export async function parentWorkflow(text: string): Promise<string> {
  return executeChild(echoWorkflow, { args: [text] });
}

export async function echoWorkflow(text: string): Promise<string> {
  return echo(text);
}

/** Waits for nothing, for ever. */
export async function idleWorkflow(): Promise<void> {
  await condition(() => false);
}
