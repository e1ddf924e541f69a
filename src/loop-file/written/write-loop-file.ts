import { stringify } from 'yaml';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { NoticeBook } from '../../contracts/notice.ts';
import { writeDuration } from '../../notation/duration.ts';
import { writeMixture } from '../../notation/mixture.ts';
import { loopFileJsonSchema } from '../json-schema.ts';
import { defaultCandidates } from '../schema/batch.ts';
import { cvatSection } from './cvat-section.ts';
import { notifySection } from './notify-section.ts';
import { masksSection, poolSection } from './pool-and-masks.ts';
import { stopSection } from './stop-section.ts';
import { trainingSection } from './training-section.ts';
import { withoutDefaults } from './without-defaults.ts';

/** What a policy holds by reference alone. */
interface PolicyParts {
  /** Address in the store of the colours of the masks; null where pixels are values. */
  readonly labelMap: string | null;
  /** Addresses and texts of notices; null for none. */
  readonly book: NoticeBook | null;
}

/**
 * The `maskloop.yaml` that comes to a policy. Lists and folders that are in the store stand there by their address; what counts anyway is left
 * out. It is not the text that the policy was made from: comments and relative paths are in no policy.
 */
export function writeLoopFile(policy: LoopPolicy, parts: PolicyParts): string {
  const schema: unknown = JSON.parse(loopFileJsonSchema());
  return stringify(withoutDefaults(contentOf(policy, parts), schema), { lineWidth: 0, aliasDuplicateObjects: false });
}

function contentOf(policy: LoopPolicy, { labelMap, book }: PolicyParts): object {
  const { name, connection, project, taskName, existingTasks, categories, pace, iteration } = policy;
  const { group } = iteration.training;
  return {
    name,
    connection,
    project,
    taskName,
    existingTasks,
    categories: categories.uri,
    ...(group === undefined ? {} : { group }),
    pace,
    pool: poolSection(policy),
    batch: batchSection(policy),
    masks: masksSection(policy, labelMap),
    cvat: cvatSection(iteration),
    training: trainingSection(policy),
    stop: stopSection(policy.stop),
    notify: notifySection(policy.notices, book),
    patience: patienceSection(iteration.timing),
  };
}

function batchSection({ name, batchSize, minNewFrames, selection }: LoopPolicy): object {
  const { mixture, seed, uncertainty, candidates, thinning } = selection;
  return {
    size: batchSize,
    minNewFrames,
    strategy: writeMixture(mixture),
    ...(seed === name ? {} : { seed }),
    uncertainty,
    ...(candidates === defaultCandidates(batchSize) ? {} : { candidates }),
    thinning,
  };
}

function patienceSection(timing: LoopPolicy['iteration']['timing']): object {
  const { heartbeatTimeoutMs, unreachableAfterMs, importStuckAfterMs, stalledAfterMs } = timing;
  return {
    workerLostAfter: writeDuration(heartbeatTimeoutMs),
    unreachableAfter: writeDuration(unreachableAfterMs),
    ...(importStuckAfterMs === undefined ? {} : { importStuckAfter: writeDuration(importStuckAfterMs) }),
    ...(stalledAfterMs === undefined ? {} : { stalledAfter: writeDuration(stalledAfterMs) }),
  };
}
