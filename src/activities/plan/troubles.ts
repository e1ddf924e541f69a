import type { PlannedTrouble } from '../../contracts/plan.ts';
import { troubleOf } from './trouble.ts';

/** Collects troubles instead of ending at the first. */
export class Troubles {
  readonly all: PlannedTrouble[] = [];

  /** What `work` returns, or null where it meets trouble. @throws outages and defects */
  async meet<T>(work: () => T | Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.add(error);
      return null;
    }
  }

  /** @throws outages and defects */
  add(error: unknown): void {
    const trouble = troubleOf(error);
    if (this.all.every(({ message }) => message !== trouble.message)) this.all.push(trouble);
  }
}
