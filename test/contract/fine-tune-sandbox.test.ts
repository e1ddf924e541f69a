import { afterAll } from '@jest/globals';
import type { SandboxMonaiOptions } from '../../src/sandbox/monai/options.ts';
import { startSandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { fineTuneContract } from './fine-tune-contract.ts';
import { answerCases } from './fine-tune/answers.ts';
import { heldOutCases } from './fine-tune/held-out.ts';
import { interferenceCases } from './fine-tune/interference.ts';
import { restartCases } from './fine-tune/restarts.ts';
import { rollbackCases } from './fine-tune/rollback.ts';
import { ruinCases } from './fine-tune/ruin.ts';
import { turnCases } from './fine-tune/turns.ts';
import type { FineTuneServer } from './kit/fine-tune-server.ts';
import { shareTemporal } from './kit/shared-temporal.ts';

const QUICK = { spawnMs: 40, startMs: 80, epochMs: 5, exitMs: 5, watcherMs: 20 };
const PACE = {
  writeGapMs: 2,
  lookMs: 40,
  publishedAfterMs: 300,
  frames: 8,
  epochs: 4,
  manyEpochs: 14,
  stalledAfterMs: 700,
};

/**
 * What the server is, or is made to be, and what the client has to live with; none of it in the other cases. What does not
 * exclude one another is met at once: a model is ruined, or an iteration stuck, by any of them that the client cannot bear.
 */
const ODDITIES: Readonly<Record<string, SandboxMonaiOptions>> = {
  'whose watcher dies under fast writes, that fails what is tracked, scores by itself and cannot read what it rewrites':
    {
      watcherLimit: { writes: 5, gapMs: 5 },
      tracking: true,
      autoUpdateScoring: true,
      tornReads: 1,
    },
  'that does not watch its folder': { autoReload: false },
};

async function standIn(options: SandboxMonaiOptions = {}): Promise<FineTuneServer> {
  const server = await startSandboxMonai({ ...QUICK, watcherLimit: null, ...options });
  return {
    url: server.url,
    close: () => server.close(),
    trainedOn: () => server.trainedOn,
    restart: async (how) => {
      await server.restart();
      if (how === 'KILL-ALL') server.killProcesses();
    },
  };
}

const { open: temporal, close } = shareTemporal();
afterAll(close);

/** Races and policies have suites of their own, and to be killed is the same as to be told to end for a stand-in. */
fineTuneContract('the stand-in', {
  temporal,
  server: standIn,
  restarts: ['TERM', 'KILL-ALL'],
  pace: PACE,
  cases: [rollbackCases, heldOutCases, interferenceCases, turnCases, answerCases, restartCases],
});

for (const [what, options] of Object.entries(ODDITIES)) {
  const pace = { ...PACE, writeGapMs: 8 };
  const server = async (): Promise<FineTuneServer> => standIn(options);
  fineTuneContract(`a server ${what}`, { temporal, server, restarts: [], pace, cases: [ruinCases] });
}
