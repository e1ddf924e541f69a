import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from '../../../src/sandbox/monai/options.ts';
import { startSandboxMonai } from '../../../src/sandbox/monai/start-sandbox-monai.ts';
import type { Exchange } from '../exchange.ts';
import type { Place, ServerKind, Stage } from '../server-kind.ts';
import { startImageFront } from './image-front.ts';
import { createManualClock } from './manual-clock.ts';
import { MONAI_EXCEPTIONS } from './monai-exceptions.ts';
import { createTimeline } from './timeline.ts';

const REALM = 'http://127.0.0.1:8911/realms/monailabel';

/** Values that depend on the weights, on the time or on the machine. */
const LOOSE = new Set(
  (
    'ts start_ts end_ts create_ts last_access_ts modified_time epistemic_ts current_time ' +
    'total_time details checksum access_token weight dice epistemic_entropy best_metric ' +
    'best_metric_epoch train_mean_dice val_mean_dice current_epoch epoch current_iteration realm'
  ).split(' '),
);

/** How the recording of MONAI Label is played. */
export const MONAI_KIND: ServerKind = {
  recording: 'monai-label-0.8.5',
  idPatterns: [
    {
      pattern: /\b(?<id>uuid-\d+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\b/dg,
      kind: () => 'uuid',
    },
    { pattern: /\btmp(?<id>\w{8})\b/dg, kind: () => 'temporary' },
  ],
  idKind: () => undefined,
  inventId: (_kind, recorded) => `00000000-0000-4000-8000-${recorded.replaceAll(/\D/g, '').padStart(12, '0')}`,
  sortKey: () => undefined,
  patienceMs: 300,
  isLoose,
  exceptions: MONAI_EXCEPTIONS,
  start,
};

function isLoose({ path, keys }: Place): boolean {
  if (keys.includes('latencies')) return true;
  const name = keys.at(-1);
  return typeof name === 'string' && (LOOSE.has(name) || (path === '/logs/' && keys.length === 0));
}

/** Options of the server from the first exchange of a case on; what is not named is as at the first start. */
const RESTARTS: Readonly<Record<string, ServerOptions>> = {
  'after-server-restart': {},
  'train-server-restart-after': {},
  'datastore-put-image-burst': {},
  'autoreload-off-delete': { autoReload: false },
  'auto-update-scoring': { autoUpdateScoring: true },
  'train-default-tracking-mlflow': { tracking: true },
  'auth-no-token': { auth: { realm: REALM, isReachable: false, users: [] } },
  'auth-invalid-token': { auth: { realm: REALM, isReachable: true, users: ['ann', 'boss'] } },
  'datastore-unlabel': {},
  'datastore-put-image-again-drops-labels': {},
};
const FIRST: ServerOptions = { autoReload: true, autoUpdateScoring: false, tracking: false, auth: undefined };

const PACE = { spawnMs: 4, startMs: 15_000, epochMs: 1500, exitMs: 3000, watcherMs: 200 };

async function start(): Promise<Stage> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'replay-monai-'));
  const clock = createManualClock(Date.parse('2026-11-22T14:49:00.100Z'));
  const monai = await startSandboxMonai({
    ...PACE,
    folder,
    clock,
    // Draws the samples that were drawn in the recording.
    seed: 395,
    models: { tinyseg: { blob: 1 } },
    texts: {
      name: 'Tiny 2D segmentation',
      description: 'Fixture app: a small UNet on grey PNG images',
      model: 'Segment grey PNG images with a small UNet',
      trainer: 'Train a small 2D UNet',
    },
  });
  const front = await startImageFront(monai.url);
  const timeline = createTimeline(clock, monai.url);
  const started = new Set<string>();

  async function before(exchange: Exchange): Promise<void> {
    const changes = RESTARTS[exchange.case];
    if (changes !== undefined && !started.has(exchange.case)) {
      if (exchange.case !== 'train-server-restart-after') monai.killProcesses();
      await clock.advance(20_000);
      await monai.restart({ ...FIRST, ...changes });
    }
    // The run that had outlived its server was ended by hand.
    if (exchange.case === 'infer-json' && !started.has(exchange.case)) monai.killProcesses();
    started.add(exchange.case);
    if (exchange.status === 400)
      front.spoilNext(JSON.stringify(exchange.json).includes('boundary') ? 'no boundary' : 'cut');
    await timeline.before(exchange);
  }

  return {
    url: front.url,
    names: [
      [join(folder, 'sessions'), '/home/.cache/monailabel/sessions'],
      [folder, '/srv/monai-0'],
      [new URL(front.url).host, '127.0.0.1:8900'],
    ],
    headers: () => ({}),
    before,
    after: async (exchange) => timeline.after(exchange),
    async close() {
      front.close();
      await monai.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
