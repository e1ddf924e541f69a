import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeMask } from '../../../coco/write-mask.ts';
import type { Datastore } from '../datastore/datastore.ts';
import { currentClassifier, describeInference, inferMask } from '../infer.ts';
import type { BackgroundProcess, Request } from '../tasks/background-process.ts';
import { startProcess } from '../tasks/start-process.ts';
import { loggerLine, notInitialized, PythonError } from '../training/log-lines.ts';
import { createPause } from '../training/pause.ts';
import { openStudies, type World } from '../world.ts';

const settingsOf = z.object({
  model: z.string(),
  images: z.enum(['all', 'labeled', 'unlabeled']).catch('all'),
  multi_gpu: z.unknown().default(true),
  save_label: z.boolean().catch(true),
  label_tag: z.string().catch('original'),
  max_batch_size: z.int().catch(0),
});

/** The process of the stand-in that predicts many images and stores the masks as labels. */
export function createBatchInferProcess(world: World): BackgroundProcess {
  return async (request, process) => {
    const { signal, print } = process;
    await startProcess(world, process);
    const settings = settingsOf.parse(request);
    const studies = openStudies(world);
    const ids = chosenImages(studies, settings);
    const plan = `Max Batch Size: ${settings.max_batch_size}; Label Tag: ${settings.label_tag}`;
    print(
      loggerLine(
        'monailabel.interfaces.tasks.batch_infer:59',
        `Total number of images for batch inference: ${ids.length}; ${plan}`,
      ),
    );
    // By default the images are spread over the GPUs, of which there are none.
    if (ids.length > 0 && settings.multi_gpu !== false)
      throw new PythonError('ZeroDivisionError', 'integer modulo by zero');
    const labels = world.models.get(settings.model);
    if (labels === undefined) {
      throw notInitialized(`Inference Task is not Initialized. There is no model '${settings.model}' available`);
    }
    const classifier = currentClassifier(world, settings.model);
    const pause = createPause(signal);
    const result: Record<string, object> = {};
    for (const [index, id] of ids.entries()) {
      const params = describeInference(labels, 0.01);
      const mask = inferMask(classifier, await imageBytes(studies, id));
      if (settings.save_label) {
        studies.refresh();
        studies.putLabel(id, settings.label_tag, '.png', writeMask(mask), { model: settings.model, params });
      }
      result[id] = { label: id, tag: settings.label_tag, params };
      print(
        loggerLine(
          'monailabel.interfaces.tasks.batch_infer:122',
          `${index} => ${id} => cpu => ${index + 1} / ${ids.length}`,
        ),
      );
      await pause();
    }
    for (const listener of world.storeListeners) listener();
    print(loggerLine('__main__:61', `Result: ${JSON.stringify(result)}`));
    await world.clock.sleep(world.pace.exitMs, signal);
    return result;
  };
}

function chosenImages(studies: Datastore, { images, max_batch_size: most }: z.infer<typeof settingsOf>): string[] {
  const unlabeled = new Set(studies.unlabeled());
  const ids = studies.ids().filter((id) => images === 'all' || unlabeled.has(id) === (images === 'unlabeled'));
  return most > 0 ? ids.slice(0, most) : ids;
}

async function imageBytes(studies: Datastore, id: string): Promise<Uint8Array> {
  const path = studies.image(id);
  if (path === null) throw new PythonError('FileNotFoundError', `[Errno 2] No such file or directory: '${id}'`);
  return readFile(path);
}

/** What a request without a body asks for. */
export const BATCH_INFER_DEFAULTS: Request = {
  device: 'cuda',
  multi_gpu: true,
  gpus: 'all',
  logging: 'WARNING',
  save_label: true,
  label_tag: 'original',
  max_workers: 1,
  max_batch_size: 0,
};
