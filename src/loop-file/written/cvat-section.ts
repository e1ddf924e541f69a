import type { LoopPolicy } from '../../contracts/loop.ts';
import { writeDuration } from '../../notation/duration.ts';

type Template = LoopPolicy['iteration'];

/** Section `cvat`. */
export function cvatSection(template: Template): object {
  const { createProject, syncLabels, segmentSize, people, seal, tellPeople, completion } = template;
  return {
    createProject,
    syncLabels,
    ...(segmentSize === null ? {} : { segmentSize }),
    assign: people,
    ...reviewKeys(template),
    completeWhen: completion.atLeast === undefined ? completion.rule : `fraction=${completion.atLeast}`,
    ...deadlineKeys(template),
    poll: writeDuration(completion.pollMs),
    quiet: writeDuration(seal.quietMs),
    people: tellPeople,
  };
}

function reviewKeys({ review }: Template): object {
  if (review === undefined) return {};
  const { reviewers, pick } = review;
  if (pick.kind === 'share') return { review: reviewers, reviewShare: pick.share };
  return { review: reviewers, ...(pick.kind === 'all' ? {} : { reviewMostChanged: pick.jobs }) };
}

function deadlineKeys({ deadline }: Template): object {
  if (deadline === undefined) return {};
  const { afterMs, policy, more } = deadline;
  const first = { deadline: writeDuration(afterMs), atDeadline: policy };
  if (more === undefined) return first;
  const { byMs, times, people, last } = more;
  const to = people.length === 0 ? {} : { reassignTo: people };
  return { ...first, extendBy: writeDuration(byMs), extendTimes: times, ...to, atLastDeadline: last };
}
