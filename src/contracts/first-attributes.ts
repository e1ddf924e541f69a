import { firstStepOf } from './first-step.ts';
import type { IterationInput } from './iteration.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** What `list` shows until the first task of an iteration has run. */
export function firstAttributes(input: IterationInput, now: Date) {
  return [
    { key: SEARCH_ATTRIBUTES.project, value: input.project },
    { key: SEARCH_ATTRIBUTES.task, value: input.task },
    { key: SEARCH_ATTRIBUTES.connection, value: input.connection },
    { key: SEARCH_ATTRIBUTES.step, value: firstStepOf(input) },
    { key: SEARCH_ATTRIBUTES.waitingFor, value: 'machine' },
    { key: SEARCH_ATTRIBUTES.since, value: now },
  ];
}
