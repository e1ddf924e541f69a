import { inThisThread } from '../../src/coco/mask-batches.ts';
import { createLoopActivities } from '../../src/activities/loop/create-loop-activities.ts';
import type { LoopDependencies } from '../../src/activities/loop/loop-dependencies.ts';
import type { LoopActivities as Chosen } from '../../src/contracts/loop-activities.ts';
import type { PlanLoopActivities } from '../../src/contracts/loop-plan.ts';
import type { LoopInput, LoopPolicy } from '../../src/contracts/loop.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { canonicalJson } from '../../src/storage/canonical-json.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { openActivitySite, quietEnvironment, type ActivitySite, type SiteOptions } from './activity-site.ts';
import { loopPolicy } from './loop-policy.ts';

type LoopActivities = Chosen & PlanLoopActivities;

/** An activity site, and a loop over its frames. */
export interface LoopSite extends ActivitySite {
  readonly loop: LoopInput;
  readonly rules: LoopPolicy;
  /** Puts a policy with these changes into the store. */
  policy(changes?: Partial<LoopPolicy>): Promise<ArtifactRef>;
  /** The activities of loops as a worker registers them, the choice of frames among them. */
  loopActivities(standingOf: LoopDependencies['standingOf']): LoopActivities;
  /** Runs one activity of the loop; Temporal knows what `standings` say. */
  runLoop<N extends keyof LoopActivities>(
    name: N,
    args: Parameters<LoopActivities[N]>[0],
    standings?: Readonly<Record<string, Awaited<ReturnType<LoopDependencies['standingOf']>>>>,
  ): ReturnType<LoopActivities[N]>;
}

/** Makes a site with a loop of two frames an iteration, without patience. */
export async function openLoopSite(options: SiteOptions = {}, changes: Partial<LoopPolicy> = {}): Promise<LoopSite> {
  const site = await openActivitySite(options);
  const { store, cvat, monai, input } = site;
  if (input.images === null) throw new Error('the site has no images');
  const plain = loopPolicy();
  const rules = loopPolicy({
    categories: input.categories,
    pool: { kind: 'files', images: input.images },
    iteration: {
      ...plain.iteration,
      createProject: true,
      completion: { rule: 'state', pollMs: 1000 },
      training: { model: SANDBOX_MODEL, maxEpochs: 2, heldOutFraction: 0 },
    },
    ...changes,
  });
  const policy = async (more: Partial<LoopPolicy> = {}): Promise<ArtifactRef> => {
    return store.put(Buffer.from(canonicalJson({ ...rules, ...more })));
  };
  const { name, connection, project } = rules;
  const loop: LoopInput = { name, connection, project, policy: await policy() };
  const connect = () => ({ cvat, monai, trainer: monaiTrainer(monai) });
  const dependencies = { connect, store, masks: inThisThread, installation: null, version: '0.0.0-test' };
  const loopActivities: LoopSite['loopActivities'] = (standingOf) => ({
    ...createLoopActivities({ ...dependencies, standingOf, lookEveryMs: 200 }),
    selectSamples: site.activities.selectSamples,
  });
  return {
    ...site,
    loop,
    rules,
    policy,
    loopActivities,
    runLoop: (activity, args, standings = {}) => {
      const all = loopActivities(async (id) => standings[id] ?? null);
      const call = all[activity] as unknown as (all: unknown) => ReturnType<LoopActivities[typeof activity]>;
      return quietEnvironment().run<[unknown], unknown, typeof call>(call, args) as ReturnType<typeof call>;
    },
  };
}
