import type { Finding } from '../contracts/doctor.ts';

/** Findings about one thing, seen from one place. */
export interface Group {
  readonly title: string;
  readonly findings: readonly Finding[];
  /**
   * Who may see it on a server: everybody who is let in, or who sees all of these connections. Absent for what is of the installation: for those
   * who see all connections.
   */
  readonly shownTo?: 'everybody' | readonly string[];
}
