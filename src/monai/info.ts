import { MaskloopError } from '../contracts/error.ts';
import type { Http, HttpAnswer } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import type { TrainStats } from '../contracts/trainer-reports.ts';
import type { MonaiInfo } from './monai.ts';
import { throughRewrite } from './through-rewrite.ts';
import { infoSchema } from './wire/info.ts';
import { trainStatsOfSchema } from './wire/train-stats.ts';

/**
 * What the server offers.
 *
 * @throws MaskloopError `MonaiUnreachable`, `MonaiRejected` or `MonaiUnexpectedAnswer`
 */
export async function readInfo(http: Http, signal?: AbortSignal): Promise<MonaiInfo> {
  return infoOf(await getInfo(http, signal));
}

/** @throws MaskloopError `ModelNotFound` if nothing of this name can be trained, and as {@link readInfo} */
export async function readTrainStats(http: Http, model: string, signal?: AbortSignal): Promise<TrainStats | null> {
  const answer = await getInfo(http, signal);
  assertTrainer(infoOf(answer), model);
  const { train_stats: stats } = parseAnswer(answer, trainStatsOfSchema(model), 'MonaiUnexpectedAnswer');
  return stats[model] ?? null;
}

/** @throws MaskloopError `ModelNotFound` if the server has no trainer of this name */
export function assertTrainer(info: MonaiInfo, model: string): void {
  if (!info.trainers.includes(model)) throw modelNotFound(model, 'trainer', info.trainers);
}

/** @throws MaskloopError `ModelNotFound` if the server neither trains nor predicts with a model of this name */
export function assertModel(info: MonaiInfo, model: string): void {
  const known = [...new Set([...Object.keys(info.models), ...info.trainers])];
  if (!known.includes(model)) throw modelNotFound(model, 'model', known);
}

async function getInfo(http: Http, signal: AbortSignal | undefined): Promise<HttpAnswer> {
  return throughRewrite(() => http.send({ method: 'GET', path: '/info/', signal }), signal);
}

function infoOf(answer: HttpAnswer): MonaiInfo {
  const { trainers, strategies, ...info } = parseAnswer(answer, infoSchema, 'MonaiUnexpectedAnswer');
  return { ...info, trainers: Object.keys(trainers), strategies: Object.keys(strategies) };
}

function modelNotFound(model: string, what: 'model' | 'trainer', known: readonly string[]): MaskloopError {
  return new MaskloopError(
    'ModelNotFound',
    `MONAI Label has no ${what} '${model}'; it has ${known.join(', ') || 'none'}.`,
    { facts: { model, known } },
  );
}
