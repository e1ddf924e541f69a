/** Tests that should notice something. */
export interface Suite {
  /** A file of tests, from the root of the repository. */
  readonly file: string;
  /** What the titles in it begin with or contain, as a regular expression; all of them if left out. */
  readonly titles?: string;
}

/** One oddity of a stand-in, and the change of its source that takes it away. */
export interface Mutation {
  /** What the real server does, and what would not be noticed any more without the oddity. */
  readonly oddity: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Asked one after the other; all tests of the stand-in are asked if none of these notices. */
  readonly suites: readonly Suite[];
}

/** The source without the oddity. @throws Error if the text to find is not there exactly once */
export function applyMutation(source: string, { file, find, replace }: Omit<Mutation, 'suites'>): string {
  const [before, after, ...more] = source.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file} holds ${JSON.stringify(find)} ${source.split(find).length - 1} times, not once`);
  }
  return before + replace + after;
}
