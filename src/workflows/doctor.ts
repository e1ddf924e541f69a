import { proxyActivities } from '@temporalio/workflow';
import type { DoctorActivities, DoctorRequest, WorkerInspection } from '../contracts/doctor.ts';

const { inspectWorker } = proxyActivities<DoctorActivities>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '30 seconds',
  // Whoever asks waits at the terminal: an answer that failed is told, not sought again.
  retry: { maximumAttempts: 1 },
});

/** Has one worker look at what it works with. */
export async function doctorWorkflow(request: DoctorRequest): Promise<WorkerInspection> {
  return inspectWorker(request);
}
