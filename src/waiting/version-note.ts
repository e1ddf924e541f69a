/** Versions that maskloop is tried with, from the one to the other, as major and minor. */
const TRIED = { from: [2, 54], to: [2, 73] } as const;

/** What is told of a CVAT that has another version than at upload, in words; null if it is the same. */
export function versionNote(atUpload: string, now: string): string | null {
  if (now === atUpload) return null;
  const tried = isTried(now) ? '' : ', which maskloop is not tried with';
  return `CVAT is version ${now} now, it was ${atUpload} at upload${tried}`;
}

function isTried(version: string): boolean {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const number = Number(major) * 1000 + Number(minor);
  const [from, to] = [TRIED.from, TRIED.to].map(([a, b]) => a * 1000 + b);
  return major !== '' && number >= (from ?? 0) && number <= (to ?? 0);
}
