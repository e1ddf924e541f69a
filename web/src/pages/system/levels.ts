import type { z } from 'zod';
import type { findingGroup } from '../../../../src/api/endpoints/system.ts';
import type { Tone } from '../../theme/tone.ts';

/** Findings about one thing. */
export type Group = z.output<typeof findingGroup>;

/** How a finding is shown. */
export const LEVELS: Readonly<Record<Group['findings'][number]['level'], readonly [Tone, string]>> = {
  problem: ['bad', 'Problem'],
  warning: ['attention', 'Warning'],
  unknown: ['quiet', 'Not known'],
  ok: ['good', 'Good'],
};
