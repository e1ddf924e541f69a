/** Frames of all jobs, and of those that are completed. Frames that two jobs share count for both. */
export function framesDone(jobs: readonly { readonly frameCount: number; readonly isComplete: boolean }[]): {
  readonly done: number;
  readonly total: number;
} {
  const sum = (some: typeof jobs): number => some.reduce((frames, { frameCount }) => frames + frameCount, 0);
  return { done: sum(jobs.filter(({ isComplete }) => isComplete)), total: sum(jobs) };
}
