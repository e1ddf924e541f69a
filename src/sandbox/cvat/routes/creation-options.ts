import { z } from 'zod';
import type { FrameChoice } from '../media/video-frames.ts';
import { asText, type Fields } from './body.ts';

const validation = z.object({
  mode: z.enum(['gt', 'gt_pool']),
  frame_selection_method: z.string(),
  frames: z.array(z.string()).optional(),
  frame_count: z.number().optional(),
  frame_share: z.number().optional(),
  frames_per_job_count: z.number().optional(),
  random_seed: z.number().optional(),
});

/** How a new task shall be validated. */
export interface WantedValidation {
  readonly mode: 'gt' | 'gt_pool';
  /** Names, where they are chosen by hand. */
  readonly frames: readonly string[] | undefined;
  readonly count: number | undefined;
  /** From 0 to 1. */
  readonly share: number | undefined;
  readonly seed: number | undefined;
  /** Honeypots a job. */
  readonly perJob: number;
}

/** What the options of a task's data say on its validation; undefined if nothing. */
export function wantedValidation(options: Fields): WantedValidation | undefined {
  const { data } = validation.safeParse(options['validation_params']);
  if (data === undefined) return undefined;
  return {
    mode: data.mode,
    frames: data.frame_selection_method === 'manual' ? (data.frames ?? []) : undefined,
    count: data.frame_count,
    share: data.frame_share,
    seed: data.random_seed,
    perJob: data.frames_per_job_count ?? 1,
  };
}

/** The frames of a video that `start_frame`, `stop_frame` and `frame_filter` ask for. */
export function videoChoice(options: Fields): FrameChoice {
  const step = /^step=(\d+)$/.exec(asText(options['frame_filter'] ?? ''))?.[1];
  const number = (name: string): number | undefined => {
    const value = Number(options[name] ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 ? value : undefined;
  };
  return {
    start: number('start_frame') ?? 0,
    stop: number('stop_frame') ?? Number.MAX_SAFE_INTEGER,
    step: Math.max(1, Number(step ?? 1)),
  };
}
