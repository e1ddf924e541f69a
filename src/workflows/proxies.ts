import { ActivityCancellationType, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { IterationActivities } from '../contracts/activities.ts';
import type { StopActivities } from '../contracts/loop-activities.ts';
import { heardBy } from './heard-by.ts';
import { SHOWN_AT_ONCE } from './hold-delay.ts';
import { OUTAGE_RETRY } from './outage-retry.ts';
import type { TurnActivities } from '../contracts/training-turns.ts';
import type { IterationInput } from '../contracts/iteration.ts';

/** What it fails with says when to look again; this is for outages. */
const QUIET_RETRY = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
  nonRetryableErrorTypes: SHOWN_AT_ONCE,
};

/** As often as a hold says, else by the minute; retries write no history. */
const LOOK_RETRY = { initialInterval: '30 seconds', maximumInterval: '1 minute' } as const;

/** What ends the wait for the end of a hold: nothing is held any more. */
const AWAY = ['MonaiUnreachable', 'TrainerUnusable'];

/** Longer than CVAT may take to answer, so that silence is met as an outage and not as a lost worker. */
const POLL_TIMEOUT = '10 minutes';

/** The activities of an iteration, each group with the time that its work may take. */
export interface Proxies {
  readonly convert: Pick<IterationActivities, 'planConversion' | 'convertShard' | 'assembleDataset'>;
  readonly cvat: Pick<
    IterationActivities,
    | 'ensureTask'
    | 'matchLabels'
    | 'findPeople'
    | 'guardTask'
    | 'importPreannotations'
    | 'verifyImport'
    | 'assignJobs'
    | 'sealLabels'
    | 'planHandOver'
    | 'handOver'
    | 'shareOpenJobs'
    | 'exportLabels'
  >;
  readonly poll: Pick<IterationActivities, 'checkCompletion'>;
  readonly login: Pick<IterationActivities, 'awaitLogin'>;
  readonly quiet: Pick<IterationActivities, 'awaitQuiet'>;
  readonly check: Pick<IterationActivities, 'checkSeal' | 'compareLabels' | 'countOrigins'>;
  readonly probe: Pick<IterationActivities, 'checkCompletion'>;
  readonly reassign: Pick<IterationActivities, 'reassignJobs'>;
  readonly trainer: Pick<
    IterationActivities,
    | 'checkModel'
    | 'predictMasks'
    | 'submitCorrections'
    | 'submitLabels'
    | 'measureModel'
    | 'checkTrainingSet'
    | 'startTraining'
    | 'stopTraining'
    | 'probeTrainer'
    | 'evaluateModel'
    | 'promoteModel'
    | 'putBackModel'
  >;
  readonly turns: Pick<TurnActivities, 'requestTurn' | 'checkTrainingWindow'>;
  /** Ends with the hold of the trainer. */
  readonly free: Pick<IterationActivities, 'probeTrainer'>;
  /** Ends when the trainer answers. */
  readonly answers: Pick<IterationActivities, 'probeTrainer'>;
  readonly stop: Pick<IterationActivities, 'stopTraining' | 'putBackModel'>;
  readonly watch: Pick<IterationActivities, 'watchTraining'>;
  readonly receipt: Pick<IterationActivities & StopActivities, 'recordReceipt' | 'judgeLoop'>;
}

/** Makes the proxies with the iteration's own patience for silent workers. `heard` is told of each activity that has worked. */
export function createProxies({ completion, timing }: IterationInput, heard: (activity: string) => void): Proxies {
  const common = {
    heartbeatTimeout: timing.heartbeatTimeoutMs,
    retry: OUTAGE_RETRY,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  } satisfies ActivityOptions;
  const pollRetry = {
    initialInterval: completion.pollMs,
    maximumInterval: completion.pollMs,
    backoffCoefficient: 1,
    nonRetryableErrorTypes: SHOWN_AT_ONCE,
  };
  const proxies: Proxies = {
    // Data sets of a million masks exist; silence, not duration, tells that a worker is lost.
    convert: proxyActivities<IterationActivities>({ ...common, startToCloseTimeout: '24 hours' }),
    cvat: proxyActivities<IterationActivities>({ ...common, startToCloseTimeout: '6 hours' }),
    poll: proxyActivities<IterationActivities>({
      ...common,
      startToCloseTimeout: POLL_TIMEOUT,
      retry: pollRetry,
      // It only reads: nobody has to wait for a poll that is given up.
      cancellationType: ActivityCancellationType.TRY_CANCEL,
    }),
    login: proxyActivities<IterationActivities>({
      ...common,
      startToCloseTimeout: POLL_TIMEOUT,
      // As often as the activity itself asks for; a worker that is lost meanwhile costs a minute.
      retry: { initialInterval: '1 minute', maximumInterval: '1 minute', backoffCoefficient: 1 },
      cancellationType: ActivityCancellationType.TRY_CANCEL,
    }),
    quiet: proxyActivities<IterationActivities>({
      ...common,
      startToCloseTimeout: POLL_TIMEOUT,
      retry: QUIET_RETRY,
      cancellationType: ActivityCancellationType.TRY_CANCEL,
    }),
    check: proxyActivities<IterationActivities>({
      ...common,
      startToCloseTimeout: '1 hour',
      retry: { ...OUTAGE_RETRY, maximumAttempts: 4 },
    }),
    probe: proxyActivities<IterationActivities>({
      ...common,
      startToCloseTimeout: POLL_TIMEOUT,
      retry: { maximumAttempts: 1 },
    }),
    // Somebody waits for its answer.
    reassign: proxyActivities<IterationActivities>({
      ...common,
      startToCloseTimeout: POLL_TIMEOUT,
      retry: { initialInterval: '1 second', maximumAttempts: 3, nonRetryableErrorTypes: SHOWN_AT_ONCE },
    }),
    ...trainerProxies(common),
    receipt: proxyActivities<IterationActivities & StopActivities>({ ...common, startToCloseTimeout: '5 minutes' }),
  };
  return heardBy(proxies, heard);
}

/** Those that work with the trainer alone. */
function trainerProxies(
  common: ActivityOptions,
): Pick<Proxies, 'trainer' | 'turns' | 'stop' | 'free' | 'answers' | 'watch'> {
  const look = {
    ...common,
    startToCloseTimeout: POLL_TIMEOUT,
    // It only reads: nobody has to wait for a look that is given up.
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  };
  return {
    trainer: proxyActivities<IterationActivities>({ ...common, startToCloseTimeout: '6 hours' }),
    turns: proxyActivities<TurnActivities>({ ...common, startToCloseTimeout: '1 minute' }),
    stop: proxyActivities<IterationActivities>({
      ...common,
      // A training that its server has forgotten is waited for.
      startToCloseTimeout: '6 hours',
      // Nothing of the iteration is there to try it again later, but for a hold, which is waited out.
      retry: { ...OUTAGE_RETRY, maximumAttempts: 40 },
    }),
    free: proxyActivities<IterationActivities>({
      ...look,
      retry: { ...LOOK_RETRY, nonRetryableErrorTypes: AWAY },
    }),
    answers: proxyActivities<IterationActivities>({ ...look, retry: LOOK_RETRY }),
    watch: proxyActivities<IterationActivities>({ ...common, startToCloseTimeout: '14 days' }),
  };
}
