import { CVAT_FAILURES } from '../../src/contracts/failures/cvat.ts';
import { alignTable } from '../markdown/align-table.ts';
import type { FailureEntry } from '../../src/contracts/failures/entry.ts';
import { LOOP_FILE_FAILURES } from '../../src/contracts/failures/loop-file.ts';
import { MASK_FAILURES } from '../../src/contracts/failures/masks.ts';
import { MODEL_FAILURES } from '../../src/contracts/failures/models.ts';
import { NOTICE_FAILURES } from '../../src/contracts/failures/notices.ts';
import { MONAI_FAILURES } from '../../src/contracts/failures/monai.ts';
import { TRAINING_SET_FAILURES } from '../../src/contracts/failures/training-set.ts';
import { TRAINING_FAILURES } from '../../src/contracts/failures/training.ts';
import { SCHEDULE_FAILURES } from '../../src/contracts/failures/schedules.ts';
import { SELECTION_FAILURES } from '../../src/contracts/failures/selection.ts';
import { SERVER_FAILURES } from '../../src/contracts/failures/server.ts';
import { SIMULATION_FAILURES } from '../../src/contracts/failures/simulation.ts';
import { STEERING_FAILURES } from '../../src/contracts/failures/steering.ts';
import { STORE_FAILURES } from '../../src/contracts/failures/store.ts';
import { WAITING_FAILURES } from '../../src/contracts/failures/waiting.ts';
import { WITHDRAWAL_FAILURES } from '../../src/contracts/failures/withdrawal.ts';
import { LOOP_FAILURES } from '../../src/contracts/failures/loops.ts';

/** The catalogue by area, in the order of the page. A test holds it against the whole catalogue. */
export const AREAS: readonly { readonly title: string; readonly failures: Readonly<Record<string, FailureEntry>> }[] = [
  { title: 'Masks and COCO documents', failures: MASK_FAILURES },
  { title: 'CVAT', failures: CVAT_FAILURES },
  { title: 'Waiting for people', failures: WAITING_FAILURES },
  { title: 'MONAI Label', failures: MONAI_FAILURES },
  { title: 'Models', failures: MODEL_FAILURES },
  { title: 'What is trained on', failures: TRAINING_SET_FAILURES },
  { title: 'Trainings and trainers', failures: TRAINING_FAILURES },
  { title: 'Taking frames out', failures: WITHDRAWAL_FAILURES },
  { title: 'Choosing frames', failures: SELECTION_FAILURES },
  { title: 'The file of a loop', failures: LOOP_FILE_FAILURES },
  { title: 'Loops', failures: LOOP_FAILURES },
  { title: 'Simulations', failures: SIMULATION_FAILURES },
  { title: 'Artifact store', failures: STORE_FAILURES },
  { title: 'Starting and steering', failures: STEERING_FAILURES },
  { title: 'Schedules', failures: SCHEDULE_FAILURES },
  { title: 'Telling people', failures: NOTICE_FAILURES },
  { title: 'Server and access', failures: SERVER_FAILURES },
];

const INTRODUCTION = `# Failures

Every failure that maskloop names, with what to do. The code stands in messages (\`error CODE: …\`), in \`--json\` output and in
the status of an iteration. \`npm run write-failures-page\` writes this page from the catalogue.

What becomes of a failure inside an iteration:

- \`attention\`: a person has to decide; the iteration waits and loses nothing.
- \`outage\`: a server or the store is away; it is retried with growing delay until it heals.
- \`pending\`: nothing is wrong, the thing waited for has not happened yet.
- \`refused\`: a command cannot be carried out; it never reaches an iteration.
`;

/** The text of `docs/failures.md`. */
export function renderFailuresPage(): string {
  const sections = AREAS.map(({ title, failures }) => `## ${title}\n\n${table(failures)}\n`);
  return [INTRODUCTION, ...sections].join('\n');
}

function table(failures: Readonly<Record<string, FailureEntry>>): string {
  const rows = Object.entries(failures).map(([code, entry]) => [
    `\`${code}\``,
    entry.handling,
    entry.meaning,
    entry.action,
  ]);
  return alignTable([['code', 'handling', 'what happened', 'what to do'], ...rows]);
}
