/**
 * Measures an import of pre-annotations from the call to the comparison with what was sent, against CVAT's own time for it:
 * 60 frames of 1920 × 1080 with 6 masks each, and 417 frames with 2,502. With `CVAT_URL` in the environment (and a login as a
 * worker has) on that CVAT, in a project of its own that is removed afterwards; else on the stand-in.
 *
 * usage: tsx scripts/bench-upload.ts [--runs N, default 5] [--frames N,N, default 60,417]
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatTable } from '../src/cli/format/table.ts';
import { loadWorkerConfig } from '../src/config.ts';
import { createCvat } from '../src/cvat/client.ts';
import type { Cvat } from '../src/cvat/cvat.ts';
import { measureImport, type ImportTimes } from './bench/measure-import.ts';
import { median } from './bench/median.ts';
import { makeUploadSet, type UploadSet } from './bench/upload-set.ts';
import { startSandboxProcess } from './processes/sandbox-process.ts';

const PARTS = ['total', 'server', 'queued', 'sending', 'waiting', 'reading', 'own'] as const;

interface Server {
  readonly title: string;
  readonly cvat: Cvat;
  close(): Promise<void>;
}

/** The CVAT that is named; else the stand-in, in a process of its own so that it does not take our time. */
async function openServer(dir: string): Promise<Server> {
  if ((process.env['CVAT_URL'] ?? '') === '') {
    const { server: sandbox, facts } = await startSandboxProcess(dir, ['--no-annotator', '--frames', '1']);
    const credentials = async () => ({ kind: 'password', ...facts.cvatLogin }) as const;
    const title = 'the stand-in, whose own time is made up (name a real CVAT with CVAT_URL)';
    return { title, cvat: createCvat({ url: facts.cvatUrl, credentials }), close: async () => sandbox.stop() };
  }
  const connection = loadWorkerConfig(process.env).connections.get('default');
  if (connection === undefined) throw new Error('CVAT_URL names no CVAT');
  const cvat = createCvat(connection.cvat);
  return { title: `CVAT ${await cvat.version()} at ${cvat.url}`, cvat, close: async () => undefined };
}

/** Makes the task, imports into it `runs` times, and removes it with its project. */
async function measureSet(cvat: Cvat, set: UploadSet, runs: number): Promise<readonly ImportTimes[]> {
  const name = `maskloop bench ${randomUUID()}`;
  const project = await cvat.createProject({ name, labels: set.labels });
  try {
    const task = await cvat.createTask({ name, projectId: project.id, bugTracker: '', segmentSize: null });
    const files = set.frames.map((frame) => ({
      name: frame.name,
      bytes: frame.bytes.length,
      read: async () => frame.bytes,
    }));
    const made = await cvat.waitForRequest(await cvat.uploadImages(task.id, files));
    if (made.status !== 'finished') throw new Error(`CVAT could not make the task: ${made.message}`);
    const [meta, labels] = [await cvat.taskMeta(task.id), await cvat.projectLabels(project.id)];
    const jobs = await cvat.jobs(task.id, { type: 'annotation' });
    const times: ImportTimes[] = [];
    for (let run = 0; run < runs; run += 1) {
      times.push(await measureImport(cvat, task.id, { document: set.document, meta, labels, jobs }));
    }
    return times;
  } finally {
    await cvat.deleteProject(project.id);
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function report(frames: number, times: readonly ImportTimes[]): string {
  const ratios = times.map(({ total, server }) => total / server);
  const rows = times.map((time, run) => [
    `run ${run + 1}`,
    ...PARTS.map((part) => seconds(time[part])),
    (ratios[run] ?? Number.NaN).toFixed(2),
  ]);
  const middle = PARTS.map((part) => seconds(median(times.map((time) => time[part]))));
  const heading = ['seconds', ...PARTS, 'total/server'];
  const table = formatTable([heading, ...rows, ['median', ...middle, median(ratios).toFixed(2)]]);
  return `${frames} frames × 6 masks\n${table}\n`;
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, frames: { type: 'string', default: '60,417' } },
});
const dir = await mkdtemp(join(tmpdir(), 'maskloop-bench-'));
const server = await openServer(dir);
try {
  console.log(`${server.title}\n`);
  for (const frames of values.frames.split(',').map(Number)) {
    const set = await makeUploadSet(join(dir, String(frames)), frames);
    console.log(report(frames, await measureSet(server.cvat, set, Number(values.runs))));
  }
} finally {
  await server.close();
  await rm(dir, { recursive: true });
}
