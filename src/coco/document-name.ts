import { MaskloopError } from '../contracts/error.ts';

/**
 * The file name of a document without its ending: `{task}{suffix}`. `/`, `\` and control characters become `%2F`,
 * `%5C`, … so that the file stays in its folder; a `%` that looks like such a code becomes `%25`, so that no two names
 * meet. All other names stay as they are.
 *
 * @throws MaskloopError `InvalidName` if the task is empty, or the name is not valid Unicode
 */
export function documentName(task: string, suffix: string): string {
  const name = task + suffix;
  if (task.trim() === '')
    throw new MaskloopError('InvalidName', 'The task name is empty.', { facts: { what: 'task' } });
  if (!name.isWellFormed()) {
    throw new MaskloopError('InvalidName', `The task name ${JSON.stringify(name)} is not valid Unicode.`, {
      facts: { what: 'task' },
    });
  }
  return name.replace(/[/\\\p{Cc}]|%(?=[0-9A-Fa-f]{2})/gu, encodeURIComponent);
}
