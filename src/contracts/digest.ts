/** An iteration as the daily digest tells of it. */
export interface DigestRow {
  readonly id: string;
  readonly project: string;
  readonly task: string;
  readonly state: 'running' | 'done';
  /** What is waited for, as the index of running iterations has it. */
  readonly waitingFor: string;
  /** ISO time since which that is so; the end of one that is done. */
  readonly since: string;
  /** What is open and with whom, or what has to be decided; null where it is not known. */
  readonly detail: string | null;
}
