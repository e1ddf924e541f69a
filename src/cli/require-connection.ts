import { MaskloopError } from '../contracts/error.ts';
import type { CliContext } from './context.ts';

/** Known before anything is done where this machine names connections; elsewhere the server or the worker has to tell. @throws MaskloopError `ConnectionUnknown` */
export function requireConnection(context: Pick<CliContext, 'connectionNames'>, name: string): void {
  const known = context.connectionNames();
  if (name === 'default' || known === null || known.includes(name)) return;
  throw new MaskloopError(
    'ConnectionUnknown',
    `There is no connection named "${name}"; there are ${known.join(', ')}.`,
    {
      facts: { connection: name, known: [...known] },
    },
  );
}
