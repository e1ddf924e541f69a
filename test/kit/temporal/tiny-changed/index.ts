import { sleep } from '@temporalio/workflow';

/** The workflow of the same name in `../tiny` with its commands in another order: histories of that do not replay. */
export async function echoWorkflow(text: string): Promise<string> {
  await sleep('1 hour');
  return text;
}
