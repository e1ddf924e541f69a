import type { Finding } from '../contracts/doctor.ts';

/** Findings about one thing, seen from one place. */
export interface Group {
  readonly title: string;
  readonly findings: readonly Finding[];
}
