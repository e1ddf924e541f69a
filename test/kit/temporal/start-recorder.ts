import type { WorkflowClientInterceptor } from '@temporalio/client';

/** A workflow run that somebody started; without `runId`, the latest run of the id. */
export interface StartedRun {
  readonly workflowId: string;
  readonly runId?: string;
}

/** Notes every run that is started through the client it is built into. */
export class StartRecorder {
  readonly #runs: StartedRun[] = [];

  /** What was started so far, in order. */
  get runs(): readonly StartedRun[] {
    return this.#runs;
  }

  /** Notes a run that another client or process started. */
  add(run: StartedRun): void {
    this.#runs.push(run);
  }

  /** Goes into `interceptors.workflow` of a client. */
  get interceptor(): WorkflowClientInterceptor {
    return {
      startWithDetails: async (input, next) => {
        const started = await next(input);
        this.add({ workflowId: input.options.workflowId, runId: started.runId });
        return started;
      },
      signalWithStart: async (input, next) => {
        const runId = await next(input);
        this.add({ workflowId: input.options.workflowId, runId });
        return runId;
      },
      startUpdateWithStart: async (input, next) => {
        const started = await next(input);
        this.add({ workflowId: input.workflowStartOptions.workflowId });
        return started;
      },
    };
  }
}
