/** What one static check found. */
export interface Findings {
  /** Number of files that it read; a check that read none has failed, whatever it says. */
  readonly files: number;
  /** What a person has to mend, as lines to print; empty if nothing. */
  readonly problems: string;
  /** Something to know about what was read, beside its number. */
  readonly note?: string;
}

export interface Check {
  readonly title: string;
  readonly run: (root: string) => Promise<Findings>;
}
