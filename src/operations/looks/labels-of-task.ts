import type { Client } from '@temporalio/client';
import type { CollectedLabels, LabelsRequest } from '../../contracts/collected-labels.ts';
import { collectedLabels } from './collected-labels.ts';
import { lookOnWorker, type AnswerStore } from './look-on-worker.ts';

/** Has a worker collect the labels of a task. @throws MaskloopError as {@link lookOnWorker}, and what collecting throws */
export type LabelsOfTask = (request: Omit<LabelsRequest, 'kind'>) => Promise<CollectedLabels>;

/** Binds it to one namespace of Temporal and one store. */
export function createLabelsOfTask(where: {
  readonly client: Client;
  readonly store: AnswerStore;
  readonly patienceMs?: number;
}): LabelsOfTask {
  return async (request) => {
    const about = `the labels of task ${request.taskId}`;
    const answer = await lookOnWorker(where, { kind: 'labels', ...request }, about);
    return collectedLabels.parse(JSON.parse(Buffer.from(answer).toString('utf8')));
  };
}
