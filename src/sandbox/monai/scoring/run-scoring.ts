import { readFile } from 'node:fs/promises';
import { readMask } from '../../../coco/read-mask.ts';
import { createRandom } from '../../scenes/random.ts';
import type { Datastore } from '../datastore/datastore.ts';
import { currentClassifier } from '../infer.ts';
import { extractFeatures } from '../learner/features.ts';
import { readImage } from '../learner/read-image.ts';
import type { BackgroundProcess, Request } from '../tasks/background-process.ts';
import { startProcess } from '../tasks/start-process.ts';
import { loggerLine, notInitialized } from '../training/log-lines.ts';
import { createPause } from '../training/pause.ts';
import { openStudies, type World } from '../world.ts';
import { meanEntropy } from './entropy.ts';

interface Scoring {
  readonly world: World;
  readonly studies: Datastore;
  readonly request: Request;
  readonly print: (line: string) => void;
  readonly pause: () => Promise<void>;
}

/** Scoring methods by name. */
export const SCORINGS: Readonly<Record<string, (scoring: Scoring) => Promise<object>>> = {
  dice: scoreDice,
  epistemic: scoreEntropy,
};

/** The process of the stand-in that gives images scores. */
export function createScoringProcess(world: World): BackgroundProcess {
  return async (request, process) => {
    const { signal, print } = process;
    await startProcess(world, process);
    const method = String(request['method']);
    const score = Object.hasOwn(SCORINGS, method) ? SCORINGS[method] : undefined;
    if (score === undefined) {
      throw notInitialized(`Scoring Task is not Initialized. There is no such scoring method '${method}' available`);
    }
    const studies = openStudies(world);
    const result = await score({ world, studies, request, print, pause: createPause(signal) });
    for (const listener of world.storeListeners) listener();
    print(loggerLine('__main__:61', `Result: ${JSON.stringify(result)}`));
    await world.clock.sleep(world.pace.exitMs, signal);
    return result;
  };
}

/** Dice of each image that has both labels, of the label values as numbers: right for masks of 0 and 1 only. */
async function scoreDice({ studies, request, print, pause }: Scoring): Promise<object> {
  const truthTag = textOr(request['y'], 'final');
  const saidTag = textOr(request['y_pred'], 'original');
  const result: Record<string, number> = {};
  for (const id of studies.ids()) {
    const [truth, said] = [studies.label(id, truthTag), studies.label(id, saidTag)];
    if (truth === null || said === null) continue;
    const dice = diceOfValues(await valuesOf(truth), await valuesOf(said));
    print(loggerLine('monailabel.tasks.scoring.dice:56', `Dice Score for ${id} is ${dice}`));
    result[id] = dice;
    studies.refresh();
    studies.addImageInfo(id, { dice });
    await pause();
  }
  return result;
}

/** `2 Σ ab / (Σ a + Σ b)` over label values; 1 if both are empty. */
export function diceOfValues(truth: ArrayLike<number>, said: ArrayLike<number>): number {
  let both = 0;
  let either = 0;
  for (let at = 0; at < truth.length; at += 1) {
    both += truth[at]! * said[at]!;
    either += truth[at]! + said[at]!;
  }
  return either === 0 ? 1 : (2 * both) / either;
}

async function scoreEntropy({ world, studies, request, print, pause }: Scoring): Promise<object> {
  const startedAt = world.clock.now();
  const model = [...world.models.keys()][0] ?? '';
  const modelTime = world.published.describe(model)?.modified_time ?? 1;
  const unlabeled = studies.unlabeled();
  const due = unlabeled.filter((id) => studies.imageInfo(id)['epistemic_ts'] !== modelTime);
  const most = request['max_samples'];
  const chosen = typeof most === 'number' && most > 0 ? due.slice(0, most) : due;
  const classifier = currentClassifier(world, model);
  for (const id of chosen) {
    const bytes = await readFile(studies.image(id) ?? id);
    const random = createRandom(world.seed, model, id, 'entropy');
    const entropy = meanEntropy(classifier, extractFeatures(readImage(bytes)), 4, random);
    print(
      loggerLine(
        'monailabel.tasks.scoring.epistemic_v2:198',
        `EPISTEMIC:: ${id} => iters: 4; entropy: ${entropy.toFixed(4)}`,
      ),
    );
    studies.refresh();
    studies.addImageInfo(id, { epistemic_entropy: entropy, epistemic_ts: modelTime });
    await pause();
  }
  const latency = (world.clock.now() - startedAt) / 1000;
  return { total: unlabeled.length, skipped: unlabeled.length - due.length, executed: chosen.length, latency };
}

async function valuesOf(path: string): Promise<ArrayLike<number>> {
  return readMask(await readFile(path), path).values;
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
