import type { Finding } from '../contracts/doctor.ts';
import type { CvatWatch, MonaiInfo, MonaiLabel } from '../monai/monai.ts';
import { FAILURES } from '../contracts/failures.ts';
import { fine, problem, unknown, warning } from './finding.ts';
import { lookAll } from './look.ts';

/** Time for one answer, in milliseconds. One slow prediction holds up the whole server, which is no fault. */
const LIMIT_MS = 5000;

/** More names than these are counted, not listed. */
const MAX_LISTED = 10;

/** What is to be said of a MONAI Label, without writing anything: reached, models, datastore, trainings. */
export async function checkMonai(monai: MonaiLabel, limitMs: number = LIMIT_MS): Promise<readonly Finding[]> {
  const reached = await lookAll('MONAI Label', limitMs, [
    async (signal) => infoFindings(await monai.info(signal), monai.url),
  ]);
  if (reached[0]?.level === 'problem') return reached;
  const rest = await lookAll('MONAI Label', limitMs, [
    async (signal) => {
      const { total, completed } = await monai.datastoreStats(signal);
      return [fine(`datastore of ${total} images, ${completed} with a final label`)];
    },
    async (signal) => [trainingFinding(await monai.trainings(signal))],
    async (signal) => [watchFinding(await monai.watchesCvat(signal))],
  ]);
  const untold = unknown(
    'whether images and labels may be written shows at the first upload: MONAI Label cannot be asked',
  );
  return [...reached, ...rest, untold];
}

function infoFindings(info: MonaiInfo, url: string): readonly Finding[] {
  const found = fine(`MONAI Label "${info.name}" (app version ${info.version}) at ${url}`);
  if (info.trainers.length === 0) {
    return [found, problem('it has no model that can be trained', 'Start it with an app that has a trainer.')];
  }
  const models = info.trainers.slice(0, MAX_LISTED).map((name) => modelFinding(name, info));
  const strategies = info.strategies.slice(0, MAX_LISTED).join(', ');
  return [found, ...models, fine(`strategies: ${strategies === '' ? 'none' : strategies}`)];
}

function modelFinding(name: string, { models }: MonaiInfo): Finding {
  const labels = Object.entries(models[name]?.labels ?? {}).filter(([, index]) => index > 0);
  if (labels.length === 0) {
    return warning(
      `model ${name} can be trained, but names no labels`,
      'Name the labels in the app; they are matched by name.',
    );
  }
  const shown = labels.slice(0, MAX_LISTED).map(([label]) => label);
  const more = labels.length > MAX_LISTED ? ` and ${labels.length - MAX_LISTED} more` : '';
  return fine(`model ${name}: ${shown.join(', ')}${more}`);
}

function trainingFinding(tasks: Awaited<ReturnType<MonaiLabel['trainings']>>): Finding {
  const busy = tasks.filter(({ status }) => status === 'RUNNING' || status === 'SUBMITTED');
  const [first] = busy;
  if (first === undefined) return fine('no training runs');
  return fine(`a training of ${first.model} (${first.name ?? first.id}) is under way; a new one waits for it`);
}

function watchFinding({ known, evidence }: CvatWatch): Finding {
  if (evidence !== null) {
    return problem(
      `it fetches labels from CVAT and trains on them by itself: ${evidence}`,
      FAILURES.MonaiWatchesCvat.action,
    );
  }
  if (known) return fine('no sign that it fetches labels from CVAT by itself');
  return warning(
    'whether it fetches labels from CVAT by itself cannot be seen: its log may not be read',
    'Make sure that it is not started with MONAI_LABEL_DATASTORE=cvat.',
  );
}
