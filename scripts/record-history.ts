import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { failureFrom } from '../src/activities/to-failure.ts';
import { MaskloopError } from '../src/contracts/error.ts';
import { pauseSignal, resumeSignal, retryUpdate } from '../src/contracts/messages.ts';
import { fakeActivities, SEAL } from '../test/kit/fake-activities.ts';
import { startIteration, untilStatus } from '../test/kit/start-iteration.ts';
import { startDevServer } from '../test/kit/temporal/dev-server.ts';
import { fetchRunHistories } from '../test/kit/temporal/run-histories.ts';
import { startRig } from '../test/kit/temporal/rig.ts';
import { historyToText } from '../test/kit/temporal/history-text.ts';

/**
 * Saves the history of an iteration that took every kind of turn (a decision, a reopened task, a pause) under the
 * version of the package. Run it for each version that is released: iterations live for weeks, and the replay test
 * shows that newer code still understands what older code began.
 */
const FOLDER = fileURLToPath(new URL('../test/histories/', import.meta.url));
const BY = { by: 'recorder' };

function failingOnce<R>(error: MaskloopError, final: boolean, answer: R): () => Promise<R> {
  let failed = false;
  return async () => {
    if (failed) return answer;
    failed = true;
    throw failureFrom(error, final);
  };
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const document: unknown = JSON.parse(text);
  return typeof document === 'object' && document !== null && 'version' in document ? String(document.version) : '0';
}

const sleep = async (milliseconds: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
};

const temporal = await startDevServer();
const { activities } = fakeActivities({
  guardTask: failingOnce(new MaskloopError('TaskHoldsOtherShapes', 'others drew there'), false, {
    holds: 'nothing',
    previousImport: null,
    leftOut: { frames: 0, shapes: 0 },
  }),
  sealLabels: failingOnce(new MaskloopError('TaskReopened', 'a job was reopened'), true, SEAL),
});
const rig = await startRig(temporal, { activities });
const handle = await startIteration(rig);
await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
await handle.signal(pauseSignal, BY);
await handle.executeUpdate(retryUpdate, { args: [BY] });
await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
await handle.signal(resumeSignal, BY);
await handle.result();
const [run] = await fetchRunHistories(rig.client, [{ workflowId: handle.workflowId }]);
if (run === undefined) throw new Error('the run has no history');
await mkdir(FOLDER, { recursive: true });
const file = `iteration-${await version()}.json`;
await writeFile(`${FOLDER}${file}`, historyToText(run.history));
process.stdout.write(`test/histories/${file}: ${run.events.length} events\n`);
await rig.finish();
await temporal.close();
