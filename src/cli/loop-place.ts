import { UsageError } from './exit-codes.ts';

/** How a loop may be named besides its name. */
export interface LoopFlags {
  readonly project?: string;
  readonly connection?: string;
}

/** Which loop is meant. @throws UsageError without a project */
export function loopPlace(
  name: string,
  { project, connection = 'default' }: LoopFlags,
): { readonly connection: string; readonly project: string; readonly name: string } {
  if (project === undefined) throw new UsageError('Say of which project the loop is: --project P.');
  return { connection, project, name };
}
