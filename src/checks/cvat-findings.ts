import type { Finding } from '../contracts/doctor.ts';
import type { CvatUser, OwnToken } from '../cvat/server.ts';
import { fine, problem, warning } from './finding.ts';

/** Releases that were recorded and are tested with, both ends included. */
const TESTED = { first: '2.54', last: '2.73' } as const;

/** More than this is no rounding and no slow answer, in milliseconds. */
const CLOCK_SKEW_MS = 30_000;

/** A token that ends sooner than this may end within an iteration, in days. */
const TOKEN_DAYS = 30;

const FORMAT = 'COCO 1.0';
const DAY_MS = 86_400_000;

/** Releases between the tested ones count as tested; others may work. */
export function versionFinding(version: string, url: string): Finding {
  const found = `CVAT ${version} at ${url}`;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const at = major * 1000 + minor;
  const [first, last] = [TESTED.first, TESTED.last].map((text) => Number(text.replace('.', '0')));
  if (at >= (first ?? 0) && at <= (last ?? 0)) return fine(found);
  const side = at < (first ?? 0) ? 'older' : 'newer';
  return warning(
    `${found} is ${side} than what maskloop is tested with, ${TESTED.first} to ${TESTED.last}`,
    `Run \`npm run test:live\` against a CVAT ${version} before trusting it with work.`,
  );
}

/** Null where the clocks agree, or the server does not tell its own. */
export function clockFinding(aheadMs: number | null): Finding | null {
  if (aheadMs === null || Math.abs(aheadMs) <= CLOCK_SKEW_MS) return null;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return warning(
    `CVAT's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the clock here`,
    'Synchronize both clocks (NTP): times in receipts and tokens are read by them.',
  );
}

/** Of a personal access token only; a login key does not end. */
export function tokenFinding(token: OwnToken | null, now: number): readonly Finding[] {
  if (token === null) return [];
  if (token.readOnly) {
    return [
      problem(
        `the access token "${token.name}" may only read`,
        'Make one that may write: CVAT makes them read-only unless told otherwise.',
      ),
    ];
  }
  if (token.expiresAt === null) return [fine(`the access token "${token.name}" may write and does not end`)];
  const days = Math.floor((Date.parse(token.expiresAt) - now) / DAY_MS);
  const text = `the access token "${token.name}" ends in ${days} days (${token.expiresAt.slice(0, 10)})`;
  return [
    days >= TOKEN_DAYS ? fine(text) : warning(text, 'Make a new one; in a file it is taken over without a restart.'),
  ];
}

export function importFinding(formats: readonly string[]): Finding {
  if (formats.includes(FORMAT)) return fine(`imports ${FORMAT}`);
  return problem(`CVAT does not import ${FORMAT}`, 'Switch the format on in CVAT.');
}

/** What a user may do without an organization. */
export function personalFinding({ isAdmin, groups }: CvatUser): Finding {
  if (isAdmin) return fine('no organization; an administrator may do all that is needed');
  if (groups.includes('user')) return fine('no organization; the user may make and see projects of their own');
  return problem(
    `the user is in ${groups.length === 0 ? 'no group' : `the group ${groups.join(', ')}`} alone and may not make projects or tasks`,
    'Put the user into the group "user", or name an organization in which they are maintainer.',
  );
}

/** What a member may do in the organization. */
export function memberFinding(organization: string, { isAdmin, username }: CvatUser, role: string | null): Finding {
  const where = `organization ${organization}`;
  if (role === 'owner' || role === 'maintainer') return fine(`${where}; ${username} is its ${role}`);
  if (isAdmin) return fine(`${where}; ${username} is an administrator`);
  const action = `Make ${username} a maintainer of ${organization}.`;
  if (role === 'supervisor') {
    return warning(`${where}; a supervisor sees only tasks of their own or given to them`, action);
  }
  if (role === 'worker') return problem(`${where}; a worker may neither see projects nor make tasks`, action);
  return problem(`${username} is no member of the ${where}`, action);
}
