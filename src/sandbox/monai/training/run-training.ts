import { createRandom } from '../../scenes/random.ts';
import { type Classifier, createClassifier } from '../learner/classifier.ts';
import { FEATURES } from '../learner/features.ts';
import { decodeModel, encodeModel } from '../learner/model-file.ts';
import { type Epoch, type Example, trainEpochs } from '../learner/train-epochs.ts';
import type { MonaiState } from '../state.ts';
import { outputsOf } from '../state.ts';
import { loadExamples } from './load-examples.ts';
import { epochLines, loggerLine, PythonError } from './log-lines.ts';
import { createPause, sleep } from './pause.ts';
import type { TrainProcess } from './queue.ts';
import { describeRun, keyMetric } from './run-facts.ts';
import { partition, readSettings, type RunSettings } from './settings.ts';

export interface Pace {
  /** Time that a training process takes before it does anything. */
  readonly startMs: number;
  /** Shortest duration of an epoch. */
  readonly epochMs: number;
  /** Time from the last epoch until the process has ended. */
  readonly exitMs: number;
}

type Training = Parameters<TrainProcess>[1] & { readonly model: string; readonly settings: RunSettings };

/** The training process of the stand-in: trains on all `final` labels and publishes each best checkpoint. */
export function createTrainProcess(state: MonaiState, pace: Pace): TrainProcess {
  return async (request, process) => {
    const { signal, print } = process;
    print(loggerLine('__main__:37', 'Initializing App; conf: {}'));
    await sleep(pace.startMs, signal);
    const model = String(request['model']);
    const labels = state.models.get(model);
    if (labels === undefined) throw noSuchModel(model);

    const settings = readSettings(request);
    const pause = createPause(signal);
    const { training, validation } = partition(state.datastore.trainingList(), settings.valSplit);
    if (training.length === 0) {
      const text = 'num_samples should be a positive integer value, but got num_samples=0';
      throw new PythonError('ValueError', text);
    }
    const classifier = startingPoint(state, model, settings, outputsOf(labels));
    const plan = {
      classifier,
      training: await loadExamples(training, classifier.outputs, pause),
      validation: await loadExamples(validation, classifier.outputs, pause),
      pause,
    };
    await followEpochs(state, { ...process, model, settings }, plan, pace.epochMs);
    await sleep(pace.exitMs, signal);
  };
}

/** A run of the same name is continued; else the published model is, unless `pretrained` is false; else it starts anew. */
function startingPoint(state: MonaiState, model: string, settings: RunSettings, outputs: number): Classifier {
  const { published } = state;
  const own = published.read(published.runPath(model, settings.name));
  const bytes = own ?? (settings.pretrained ? published.read(published.path(model)) : null);
  if (bytes === null) return createClassifier(createRandom(state.seed, model, 'weights'), FEATURES, outputs);
  return decodeModel(bytes, FEATURES, outputs);
}

async function followEpochs(
  state: MonaiState,
  { model, settings, signal, print }: Training,
  plan: { classifier: Classifier; training: Example[]; validation: Example[]; pause: () => Promise<void> },
  epochMs: number,
): Promise<void> {
  const startedAt = new Date();
  const done: Epoch[] = [];
  const random = createRandom(state.seed, model, settings.name, 'training');
  let epochStart = performance.now();
  for await (const epoch of trainEpochs({ ...plan, epochs: settings.epochs, batchSize: settings.batchSize, random })) {
    await sleep(epochMs - (performance.now() - epochStart), signal);
    const isBest = done.every((earlier) => keyMetric(epoch) > keyMetric(earlier));
    done.push(epoch);
    const facts = describeRun(done, settings.epochs, startedAt, new Date());
    state.trainStats.set(model, facts);
    for (const line of epochLines(epoch, facts)) print(line);
    if (isBest) publish(state, model, settings.name, plan.classifier, print);
    if (epoch.epoch === settings.epochs) print(loggerLine('__main__:61', `Result: ${JSON.stringify(facts)}`));
    epochStart = performance.now();
  }
}

function publish(
  { published }: MonaiState,
  model: string,
  run: string,
  classifier: Classifier,
  print: (line: string) => void,
): void {
  const bytes = encodeModel(classifier);
  const [from, to] = [published.runPath(model, run), published.path(model)];
  published.write(from, bytes);
  published.write(to, bytes);
  print(loggerLine('monailabel.tasks.train.handler:86', `New Model published: ${from} => ${to}`));
}

function noSuchModel(model: string): PythonError {
  const reason = `Train Task is not Initialized. There is no model '${model}' available`;
  return new PythonError(
    'monailabel.interfaces.exception.MONAILabelException',
    `(<MONAILabelError.INVALID_INPUT: 'INVALID_INPUT'>, "${reason}")`,
  );
}
