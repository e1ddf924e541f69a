import { MaskloopError } from '../contracts/error.ts';
import { answerText } from '../http/answer-text.ts';
import type { Http, HttpAnswer } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { assertTrainer, readInfo } from './info.ts';
import type { TrainingTask } from '../contracts/trainer-reports.ts';
import { isAbsence } from './wire/absence.ts';
import { trainingTaskSchema, trainingTasksSchema } from './wire/training.ts';

/** A run's name becomes a folder on the server. */
const RUN_NAME = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}$/;

/**
 * Submits a training; it is never queued behind another. The trainer is looked up first, because the server accepts any
 * name and fails half a minute later. `tracking` is switched off: the server's default breaks every training with
 * current MLflow. Never repeated by itself: after a broken connection look for the run's name among the trainings.
 *
 * @throws MaskloopError `TrainingBusy`, `ModelNotFound`, `MonaiRejected`, `MonaiUnreachable`, `MonaiUnexpectedAnswer`
 */
export async function startTraining(
  http: Http,
  model: string,
  { name, maxEpochs }: { name: string; maxEpochs: number | null },
  signal?: AbortSignal,
): Promise<TrainingTask> {
  if (!RUN_NAME.test(name)) {
    throw new MaskloopError('MonaiRejected', `'${name}' cannot name a training: it becomes a folder on the server.`, {
      facts: { model, name },
    });
  }
  assertTrainer(await readInfo(http, signal), model);
  const json = { name, tracking: 'None', ...(maxEpochs === null ? {} : { max_epochs: maxEpochs }) };
  const path = `/train/${encodeURIComponent(model)}`;
  const answer = await http.send({ method: 'POST', path, json, allow: [429], signal });
  if (answer.status === 429) throw trainingBusy(answer, model);
  return parseAnswer(answer, trainingTaskSchema, 'MonaiUnexpectedAnswer');
}

/** Empty after a restart of the server, which forgets all trainings but does not end a running one. */
export async function readTrainings(http: Http, signal?: AbortSignal): Promise<readonly TrainingTask[]> {
  const answer = await http.send({ method: 'GET', path: '/train/?all=true', allow: [404], signal });
  return isAbsence(answer) ? [] : parseAnswer(answer, trainingTasksSchema, 'MonaiUnexpectedAnswer');
}

/**
 * Kills whatever runs and tells what that was; null if nothing ran. Never repeated by itself: a second request would
 * kill the next training in the server's queue.
 */
export async function stopRunningTraining(http: Http, signal?: AbortSignal): Promise<string | null> {
  const answer = await http.send({ method: 'DELETE', path: '/train/', signal });
  return parseAnswer(answer, trainingTaskSchema.nullable(), 'MonaiUnexpectedAnswer')?.id ?? null;
}

function trainingBusy(answer: HttpAnswer, model: string): MaskloopError {
  const said = answerText(answer.text());
  const wait = retryAfterMs(answer.headers['retry-after']);
  return new MaskloopError('TrainingBusy', `MONAI Label does not start a training of ${model} now: ${said}`, {
    facts: { model, status: answer.status, answer: said },
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}
