import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import type { StopActivities } from '../../contracts/loop-activities.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { LoopPoint, StopRule } from '../../contracts/stop-rules.ts';
import { stopRuleSchema } from '../../loop-file/policy/parts-schema.ts';
import { countGroups } from '../../receipts/count-groups.ts';
import { readEvaluatedFrames } from '../../receipts/manifests.ts';
import { forgottenHashes } from '../../storage/forgotten-files.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { judgeRules, strictest } from '../../stopping/judge-rules.ts';
import { loopPoint } from '../../stopping/loop-point.ts';
import { slopeInterval, type SlopeInterval } from '../../stopping/slope-interval.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { parsedDocument } from '../stored-document.ts';
import { readPoints } from '../../stopping/read-points.ts';

/** What is read of the policy here; `loop-file` knows all of it. */
const rulesOfPolicy = z.object({ stop: z.array(stopRuleSchema) });

/**
 * Makes the activity `judgeLoop`: the same receipts give the same findings at every try.
 *
 * Failures: `ArtifactMissing`, `ArtifactCorrupt`, `StoreUnreachable`.
 */
export function createJudgeLoop({ store }: Pick<ActivityDependencies, 'store'>): StopActivities['judgeLoop'] {
  return durable(async ({ id, input, facts }, { signal }) => {
    const { loop, connection, project } = input;
    if (loop === undefined)
      throw new MaskloopError('UnexpectedFailure', `${id} is an iteration of no loop.`, { facts: { id } });
    const rules = await readRules(store, loop.policy);
    const earlier = await readPoints(store, { name: loop.name, connection, project });
    const point = loopPoint({ ...facts, id, number: loop.number });
    const points = [...earlier.filter(({ number }) => number < loop.number), ...(loop.number === 0 ? [] : [point])];
    const slopes = new Map<StopRule, SlopeInterval | null>();
    for (const rule of rules) {
      if (rule.rule === 'plateau') slopes.set(rule, await slopeOf(store, points.slice(-rule.iterations), signal));
    }
    const findings = judgeRules(rules, points, (rule) => slopes.get(rule) ?? null);
    const document = await store.put(Buffer.from(`${JSON.stringify(points, null, 2)}\n`));
    return { findings, proposes: strictest(findings), points: document };
  });
}

async function readRules(store: ArtifactStore, policy: ArtifactRef): Promise<readonly StopRule[]> {
  const what = { name: policy.uri, what: 'the policy of a loop' };
  return parsedDocument(await store.get(policy), rulesOfPolicy, what).stop;
}

/** The slope over these iterations, without frames that were forgotten since; null where one of them was not measured. */
async function slopeOf(
  store: ArtifactStore,
  points: readonly LoopPoint[],
  signal: AbortSignal,
): Promise<SlopeInterval | null> {
  const counted = [];
  const categories = new Map<number, string>();
  const forgotten = await forgottenHashes(store);
  for (const { evaluation } of points) {
    if (evaluation === null) return null;
    const measured = await readEvaluatedFrames(store, evaluation);
    for (const { id, name } of measured.categories) categories.set(id, name);
    const frames = measured.frames.filter(
      (frame) => ![frame.label, frame.prediction].some((file) => forgotten.has(file.sha256)),
    );
    if (frames.length === 0) return null;
    counted.push(await countGroups(store, { frames }, signal));
  }
  const table = [...categories].map(([id, name]) => ({ id, name }));
  const seed = points.map(({ evaluation }) => evaluation?.sha256).join(' ');
  return slopeInterval(counted, table, seed);
}
