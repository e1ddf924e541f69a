import type { JobSection, OpenSeal } from '../read-seal.ts';
import type { SealedJob } from '../seal-lines.ts';

/** The jobs of a seal, by first frame, then id, noted as they are read: a frame comes only after all jobs that have it. */
export function notedJobs(open: OpenSeal): { jobs: SealedJob[]; sections: () => AsyncGenerator<JobSection> } {
  const jobs: SealedJob[] = [];
  return {
    jobs,
    sections: async function* () {
      for await (const section of open.jobs()) {
        jobs.push(section.job);
        yield section;
      }
    },
  };
}

/** The jobs that have a frame, the one that it counts for first. */
export function jobsOf(jobs: readonly SealedJob[], frame: number): readonly SealedJob[] {
  return jobs.filter(({ startFrame, stopFrame }) => startFrame <= frame && frame <= stopFrame);
}
