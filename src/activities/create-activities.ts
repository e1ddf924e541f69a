import type { IterationActivities } from '../contracts/activities.ts';
import type { LoopActivities, StopActivities } from '../contracts/loop-activities.ts';
import type { LookActivities } from '../contracts/look.ts';
import type { NoticeActivities } from '../contracts/notice-activities.ts';
import type { PlanActivities } from '../contracts/plan.ts';
import type { ModelActivities } from '../contracts/publish-model.ts';
import type { RestoreActivities } from '../contracts/restore.ts';
import { createAssembleDataset } from './assemble-dataset.ts';
import { createAwaitLogin } from './await-login.ts';
import { createAssignJobs } from './assign-jobs.ts';
import { createAwaitQuiet } from './await-quiet.ts';
import { createCheckCompletion } from './check-completion.ts';
import { createCheckModel } from './check-model.ts';
import { createCheckSeal } from './check-seal.ts';
import { createCheckTrainingSet } from './check-training-set.ts';
import { createCompareLabels } from './compare-labels.ts';
import { createCountOrigins } from './count-origins.ts';
import { createConvertShard } from './convert-shard.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { createEnsureTask } from './ensure-task.ts';
import { createEvaluateModel } from './evaluate-model.ts';
import { createExportLabels } from './export-labels.ts';
import { createFindPeople } from './find-people.ts';
import { createGuardTask } from './guard-task.ts';
import { createLook } from './looks/look.ts';
import { createMeasureModel } from './gate/measure-model.ts';
import { createPromoteModel } from './gate/promote-model.ts';
import { createPublishModel } from './gate/publish-model.ts';
import { createPutBackModel } from './gate/put-back-model.ts';
import { createHandOver } from './hand-over.ts';
import { createNoticeActivities } from './notices/tell.ts';
import { createImportPreannotations } from './import-preannotations.ts';
import { createPlanConversion } from './plan-conversion.ts';
import { createPlanIteration } from './plan-iteration.ts';
import { createMatchLabels } from './match-labels.ts';
import { createReadProjectCategories } from './read-project-categories.ts';
import { createProbeTrainer } from './probe-trainer.ts';
import { createPlanHandOver } from './plan-hand-over.ts';
import { createPredictMasks } from './predict-masks.ts';
import { createReassignJobs } from './reassign-jobs.ts';
import { createShareOpenJobs } from './share-open-jobs.ts';
import { createRecordReceipt } from './record-receipt.ts';
import { createRestoreBackup } from './restore-backup.ts';
import { createSealLabels } from './seal-labels.ts';
import { createSelectSamples } from './selection/select-samples.ts';
import { createStartTraining } from './start-training.ts';
import { createStopTraining } from './stop-training.ts';
import { createJudgeLoop } from './stopping/judge-loop.ts';
import { createSubmitCorrections } from './submit-corrections.ts';
import { createSubmitLabels } from './submit-labels.ts';
import { createVerifyImport } from './verify-import.ts';
import { createWatchTraining } from './watch-training.ts';

/** All activities that a worker runs. */
export type Activities = IterationActivities &
  StopActivities &
  PlanActivities &
  LookActivities &
  RestoreActivities &
  ModelActivities &
  Pick<LoopActivities, 'selectSamples'> &
  NoticeActivities;

/** All activities over one set of dependencies. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  return {
    judgeLoop: createJudgeLoop(dependencies),
    look: createLook(dependencies),
    ...createNoticeActivities(dependencies),
    predictMasks: createPredictMasks(dependencies),
    planConversion: createPlanConversion(dependencies),
    convertShard: createConvertShard(dependencies),
    assembleDataset: createAssembleDataset(dependencies),
    checkModel: createCheckModel(dependencies),
    awaitLogin: createAwaitLogin(dependencies),
    readProjectCategories: createReadProjectCategories(dependencies),
    ensureTask: createEnsureTask(dependencies),
    matchLabels: createMatchLabels(dependencies),
    findPeople: createFindPeople(dependencies),
    assignJobs: createAssignJobs(dependencies),
    guardTask: createGuardTask(dependencies),
    importPreannotations: createImportPreannotations(dependencies),
    verifyImport: createVerifyImport(dependencies),
    checkCompletion: createCheckCompletion(dependencies),
    awaitQuiet: createAwaitQuiet(dependencies),
    sealLabels: createSealLabels(dependencies),
    planHandOver: createPlanHandOver(dependencies),
    handOver: createHandOver(dependencies),
    reassignJobs: createReassignJobs(dependencies),
    shareOpenJobs: createShareOpenJobs(dependencies),
    exportLabels: createExportLabels(dependencies),
    countOrigins: createCountOrigins(dependencies),
    compareLabels: createCompareLabels(dependencies),
    checkSeal: createCheckSeal(dependencies),
    submitCorrections: createSubmitCorrections(dependencies),
    submitLabels: createSubmitLabels(dependencies),
    checkTrainingSet: createCheckTrainingSet(dependencies),
    startTraining: createStartTraining(dependencies),
    watchTraining: createWatchTraining(dependencies),
    probeTrainer: createProbeTrainer(dependencies),
    stopTraining: createStopTraining(dependencies),
    measureModel: createMeasureModel(dependencies),
    evaluateModel: createEvaluateModel(dependencies),
    promoteModel: createPromoteModel(dependencies),
    putBackModel: createPutBackModel(dependencies),
    recordReceipt: createRecordReceipt(dependencies),
    planIteration: createPlanIteration(dependencies),
    restoreBackup: createRestoreBackup(dependencies),
    publishModel: createPublishModel(dependencies),
    selectSamples: createSelectSamples(dependencies),
  };
}
