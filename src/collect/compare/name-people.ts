import type { PeopleSetting } from '../../contracts/comparison.ts';

/**
 * How the people of jobs are called: by their names, or as `person 1`, `person 2`, … in the order of their first jobs,
 * so that the same number is somebody else in another iteration. Nobody stays null. Names that were given so are kept.
 *
 * @param assignees of the jobs in their order
 * @returns null if people are not to be told apart
 */
export function namePeople(
  assignees: readonly (string | null)[],
  setting: PeopleSetting,
): ((assignee: string | null) => string | null) | null {
  if (setting === 'none') return null;
  if (setting === 'names') return (assignee) => assignee;
  const known = [...new Set(assignees.filter((assignee) => assignee !== null))];
  return (assignee) => (assignee === null ? null : `person ${known.indexOf(assignee) + 1}`);
}
