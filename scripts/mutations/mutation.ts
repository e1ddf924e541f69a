/** One oddity of a stand-in, and the change of its source that takes it away. */
export interface Mutation {
  /** What the real server does, and what would not be noticed any more without the oddity. */
  readonly oddity: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** The source without the oddity. @throws Error if the text to find is not there exactly once */
export function applyMutation(source: string, { file, find, replace }: Mutation): string {
  const [before, after, ...more] = source.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file} holds ${JSON.stringify(find)} ${source.split(find).length - 1} times, not once`);
  }
  return before + replace + after;
}
