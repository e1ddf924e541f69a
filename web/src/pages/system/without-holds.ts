import type { Group } from './levels.ts';

/** What was found of servers that are not held for maintenance. */
export interface Unheld {
  readonly groups: readonly Group[];
  /** True where a server was not looked at because it is held. */
  readonly isHeld: boolean;
}

/** Leaves out findings that say no more than that a server is held, and what nothing else was found of: a hold is shown once, where it can be ended. */
export function withoutHolds(all: readonly Group[]): Unheld {
  const groups = all
    .map((group) => ({ ...group, findings: group.findings.filter(({ code }) => code !== 'OnHold') }))
    .filter(({ findings }, at) => findings.length > 0 || all[at]?.findings.length === 0);
  const isHeld = all.some(({ findings }) => findings.some(({ code }) => code === 'OnHold'));
  return { groups, isHeld };
}
