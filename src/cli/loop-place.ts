import type { Operations } from '../operations/operations.ts';

/** How a loop may be named besides its name. */
export interface LoopFlags {
  readonly project?: string;
  readonly connection?: string;
}

/**
 * Which loop is meant: that of a project, which need not run; else the one of this name that there is.
 *
 * @throws MaskloopError `LoopAmbiguous`, `LoopNotFound`
 */
export async function loopPlace(
  { loops }: Pick<Operations, 'loops'>,
  given: string,
  { project, connection }: LoopFlags,
): Promise<{ readonly connection: string; readonly project: string; readonly name: string }> {
  if (project !== undefined) return { connection: connection ?? 'default', project, name: given };
  const found = await loops.resolve(given);
  return { connection: found.connection, project: found.project, name: found.name };
}
