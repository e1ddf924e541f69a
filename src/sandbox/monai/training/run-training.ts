import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { createRandom } from '../../scenes/random.ts';
import { type Classifier, createClassifier } from '../learner/classifier.ts';
import { FEATURES } from '../learner/features.ts';
import { decodeModel, encodeModel } from '../learner/model-file.ts';
import { type Epoch, type Example, trainEpochs } from '../learner/train-epochs.ts';
import { startProcess } from '../tasks/start-process.ts';
import type { BackgroundProcess, ProcessHandle } from '../tasks/background-process.ts';
import { openStudies, outputsOf, type World } from '../world.ts';
import { loadExamples } from './load-examples.ts';
import { epochLines, loggerLine, notInitialized, PythonError } from './log-lines.ts';
import { createPause } from './pause.ts';
import { describeRun, keyMetric, type RunFacts } from './run-facts.ts';
import { partition, readSettings, type RunSettings } from './settings.ts';
import { refuseFileTracking } from './tracking.ts';

type Training = ProcessHandle & { readonly model: string; readonly settings: RunSettings };

/**
 * The training process of the stand-in: trains on all `final` labels and publishes each best checkpoint, without a gate.
 *
 * @param tracks whether runs are tracked unless they say otherwise
 */
export function createTrainProcess(world: World, tracks: boolean): BackgroundProcess {
  return async (request, process) => {
    const { signal, print } = process;
    await startProcess(world, process);
    const model = String(request['model']);
    const labels = world.models.get(model);
    if (labels === undefined)
      throw notInitialized(`Train Task is not Initialized. There is no model '${model}' available`);

    const settings = readSettings(request);
    refuseFileTracking(request, tracks, world.published.runPath(model, settings.name));
    const pause = createPause(signal);
    const list = openStudies(world).trainingList();
    world.trainedOn.push({ run: settings.name, labels: hashesOf(list) });
    const { training, validation } = partition(list, settings.valSplit);
    if (training.length === 0) {
      const text = 'num_samples should be a positive integer value, but got num_samples=0';
      throw new PythonError('ValueError', text);
    }
    const classifier = startingPoint(world, model, settings, outputsOf(labels));
    const plan = {
      classifier,
      training: await loadExamples(training, classifier.outputs, pause),
      validation: await loadExamples(validation, classifier.outputs, pause),
      pause,
    };
    const facts = await followEpochs(world, { ...process, model, settings }, plan);
    print(loggerLine('__main__:61', `Result: ${JSON.stringify(facts)}`));
    await world.clock.sleep(world.pace.exitMs, signal);
    return facts;
  };
}

function hashesOf(list: readonly { readonly image: string; readonly label: string }[]): Map<string, string> {
  return new Map(
    list.map(({ image, label }) => [
      basename(image, extname(image)),
      createHash('sha256').update(readFileSync(label)).digest('hex'),
    ]),
  );
}

/** A run of the same name is continued; else the published model is, unless `pretrained` is false; else it starts anew. */
function startingPoint(world: World, model: string, settings: RunSettings, outputs: number): Classifier {
  const { published } = world;
  const own = published.read(published.runPath(model, settings.name));
  const bytes = own ?? (settings.pretrained ? published.read(published.path(model)) : null);
  if (bytes === null) return createClassifier(createRandom(world.seed, model, 'weights'), FEATURES, outputs);
  return decodeModel(bytes, FEATURES, outputs);
}

async function followEpochs(
  world: World,
  { model, settings, signal, print }: Training,
  plan: { classifier: Classifier; training: Example[]; validation: Example[]; pause: () => Promise<void> },
): Promise<RunFacts | null> {
  const { clock, pace, published } = world;
  const startedAt = clock.now();
  const done: Epoch[] = [];
  let facts: RunFacts | null = null;
  const random = createRandom(world.seed, model, settings.name, 'training');
  let epochStart = startedAt;
  for await (const epoch of trainEpochs({ ...plan, epochs: settings.epochs, batchSize: settings.batchSize, random })) {
    await clock.sleep(pace.epochMs - (clock.now() - epochStart), signal);
    const isBest = done.every((earlier) => keyMetric(epoch) > keyMetric(earlier));
    done.push(epoch);
    facts = describeRun(done, settings.epochs, startedAt, clock.now());
    published.writeTrainStats(model, facts);
    for (const line of epochLines(epoch, facts)) print(line);
    if (isBest) publish(world, model, settings.name, plan.classifier, print);
    epochStart = clock.now();
  }
  return facts;
}

function publish(
  { published }: World,
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
