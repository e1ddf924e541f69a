import type { Endpoint } from './endpoint.ts';
import * as audit from './endpoints/audit.ts';
import * as documents from './endpoints/documents.ts';
import * as events from './endpoints/events.ts';
import * as files from './endpoints/files.ts';
import * as frames from './endpoints/frames.ts';
import * as gallery from './endpoints/gallery.ts';
import * as holds from './endpoints/holds.ts';
import * as iterations from './endpoints/iterations.ts';
import * as jobs from './endpoints/jobs.ts';
import * as labels from './endpoints/labels.ts';
import * as loops from './endpoints/loops.ts';
import * as models from './endpoints/models.ts';
import * as notes from './endpoints/notes.ts';
import * as notices from './endpoints/notices.ts';
import * as roots from './endpoints/roots.ts';
import * as schedules from './endpoints/schedules.ts';
import * as session from './endpoints/session.ts';
import * as starting from './endpoints/starting.ts';
import * as steering from './endpoints/steering.ts';
import * as system from './endpoints/system.ts';
import * as uploads from './endpoints/uploads.ts';
import { STEERING } from './endpoints/steering.ts';

const isSteering = (what: string): what is keyof typeof STEERING => Object.hasOwn(STEERING, what);

/** Everything that the server answers below `/api/v1`. A test holds it against the routes of the running server. */
export const ENDPOINTS: readonly Endpoint[] = [
  iterations.listIterations,
  iterations.resolveIteration,
  events.readEvents,
  iterations.describeIteration,
  iterations.readReceipt,
  iterations.verifyReceipt,
  iterations.readPage,
  notes.listNotes,
  notes.addNote,
  gallery.listFrames,
  gallery.readFrameShapes,
  gallery.readFrameImage,
  gallery.readTraining,
  jobs.iterationJobs,
  jobs.listJobs,
  jobs.reassignJobs,
  starting.startIteration,
  starting.planIteration,
  starting.projectCategories,
  ...Object.keys(STEERING)
    .filter(isSteering)
    .map((what) => steering.steering(what)),
  steering.approve,
  steering.decline,
  steering.extend,
  steering.reassign,
  steering.steerMany,
  frames.restoreBackup,
  frames.excludeFrames,
  frames.forgetFrames,
  models.listModels,
  models.publishModel,
  loops.listLoops,
  loops.resolveLoop,
  loops.describeLoop,
  loops.loopCurve,
  loops.readLoopFile,
  loops.checkLoop,
  loops.planLoop,
  loops.startLoop,
  loops.editLoop,
  loops.loopSignal('pause'),
  loops.loopSignal('resume'),
  loops.stopLoop,
  loops.answerLoop,
  loops.beginLoop,
  notices.listNotices,
  notices.seenNotices,
  notices.snoozeIteration,
  schedules.listSchedules,
  schedules.describeSchedule,
  schedules.createSchedule,
  schedules.steerSchedule,
  files.missingFiles,
  files.putFile,
  files.describeFolder,
  files.readFile,
  documents.heldFiles,
  documents.listDocuments,
  documents.readDocument,
  labels.collectLabels,
  labels.readLabel,
  uploads.missingParts,
  uploads.putPart,
  uploads.unpackUpload,
  roots.listRoots,
  roots.listRootFolder,
  roots.referToFolder,
  system.readWorkers,
  system.inspectSystem,
  system.mendSystem,
  holds.listHolds,
  holds.holdServer,
  holds.unholdServer,
  audit.readAudit,
  session.readSession,
  session.login,
  session.logout,
];
