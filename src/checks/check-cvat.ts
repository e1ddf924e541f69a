import { isMaskloopError } from '../contracts/error.ts';
import type { Finding } from '../contracts/doctor.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { CvatUser } from '../cvat/server.ts';
import { checkProject } from './check-project.ts';
import { fine, problem, problemOf } from './finding.ts';
import { lookAll } from './look.ts';
import {
  clockFinding,
  importFinding,
  memberFinding,
  personalFinding,
  tokenFinding,
  versionFinding,
} from './cvat-findings.ts';

/** Time for one answer of CVAT, in milliseconds; all of them together take at most three times as long. */
const LIMIT_MS = 5000;

/**
 * What is to be said of a CVAT, without writing anything: reached, version, clock, login, token, rights, formats and,
 * where projects are named, those and their labels. Nothing more is asked of one that is not reached.
 */
export async function checkCvat(
  cvat: Cvat,
  projects: readonly string[],
  limitMs: number = LIMIT_MS,
): Promise<readonly Finding[]> {
  const reached = await lookAll('CVAT', limitMs, [(signal) => reach(cvat, signal)]);
  if (reached.some(({ level }) => level === 'problem')) return reached;
  const found: { user?: CvatUser } = {};
  const login = await lookAll('CVAT', limitMs, [
    async (signal) => {
      found.user = await cvat.whoAmI(signal);
      return [loginFinding(found.user)];
    },
  ]);
  const { user } = found;
  if (user === undefined) return [...reached, ...login];
  const rest = await lookAll('CVAT', limitMs, [
    async (signal) => tokenFinding(await cvat.ownToken(signal), Date.now()),
    async (signal) => rights(cvat, user, signal),
    async (signal) => [importFinding(await cvat.importFormats(signal))],
    ...projects.map((project) => async (signal: AbortSignal) => checkProject(cvat, project, signal)),
  ]);
  return [...reached, ...login, ...rest];
}

async function reach(cvat: Cvat, signal: AbortSignal): Promise<readonly Finding[]> {
  const { version, clockAheadMs } = await cvat.about(signal);
  const clock = clockFinding(clockAheadMs);
  return [versionFinding(version, cvat.url), ...(clock === null ? [] : [clock])];
}

function loginFinding({ username, isActive }: CvatUser): Finding {
  if (isActive) return fine(`logged in as ${username}`);
  return problem(`the user ${username} is not active`, 'Activate the user in CVAT.');
}

async function rights(cvat: Cvat, user: CvatUser, signal: AbortSignal): Promise<readonly Finding[]> {
  const { organization } = cvat;
  if (organization === null) return [personalFinding(user)];
  try {
    return [memberFinding(organization, user, await cvat.ownRole(user.username, signal))];
  } catch (error) {
    if (!isMaskloopError(error, 'CvatRejected') || error.facts['status'] !== 404) return [problemOf(error)];
    const action =
      'Write its short name as CVAT has it (capitals count) in CVAT_ORG, or `organization` of the connection.';
    return [problem(`CVAT has no organization "${organization}"`, action)];
  }
}
