import { hashBytes } from '../storage/file-hash.ts';

/** SHA-256 over the contents of all jobs of a task, in the order of their ids. */
export function taskDigest(jobs: readonly { readonly jobId: number; readonly sha256: string }[]): string {
  const lines = jobs.toSorted((a, b) => a.jobId - b.jobId).map(({ jobId, sha256 }) => `${jobId} ${sha256}`);
  return hashBytes(lines.join('\n'));
}
