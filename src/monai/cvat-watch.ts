import type { Http } from '../http/http.ts';
import type { CvatWatch } from './monai.ts';
import { readTrainings } from './training.ts';

/** Lines of the server's log that are read; it looks into CVAT once a minute, and writes a line each time. */
const LINES = 5000;

/** Written by the datastore that fetches labels from CVAT, when it starts and at every look. */
const FROM_CVAT = /\(monailabel\.datastore\.cvat:\d+\)/;

/** Written when a server starts with a datastore of its own. What stands before it is of an earlier server. */
const OWN_DATASTORE = /\) - Init Datastore for: /;

/** Name of the trainings that it starts by itself, unless the app was told another one. */
const OWN_TRAINING = /^ActiveLearning_Iteration_\d+$/;

/**
 * When a log last shows that labels are fetched from CVAT, as the server writes times; null if it never does since the
 * last start with another datastore. Nothing else of the line is told: some of them name the user.
 */
export function cvatInLog(log: string): string | null {
  const lines = log.split('\n');
  const last = lines.findLastIndex((line) => FROM_CVAT.test(line));
  if (last < 0 || lines.slice(last).some((line) => OWN_DATASTORE.test(line))) return null;
  return /^\[([0-9:, -]{10,30})\]/.exec(lines[last] ?? '')?.[1] ?? 'an unknown time';
}

/**
 * Looks whether the server fetches labels from CVAT and trains on them by itself. No answer says which datastore it has, so
 * its log is read, and the names of its trainings.
 *
 * @throws MaskloopError `MonaiUnreachable`, `MonaiRejected`, `MonaiUnexpectedAnswer`
 */
export async function readCvatWatch(http: Http, signal?: AbortSignal): Promise<CvatWatch> {
  const own = (await readTrainings(http, signal)).find(({ name }) => name !== null && OWN_TRAINING.test(name));
  if (own !== undefined) return { known: true, evidence: `it has started a training named ${own.name}` };
  const path = `/logs/?lines=${LINES}&text=true`;
  const answer = await http.send({ method: 'GET', path, allow: [401, 403, 404], signal });
  if (answer.status !== 200) return { known: false, evidence: null };
  const at = cvatInLog(answer.text());
  return { known: true, evidence: at === null ? null : `its log tells of its CVAT datastore, last at ${at}` };
}
