import type { FailureCode } from '../../contracts/failures.ts';
import type { Server } from './episodes.ts';

const SERVERS: Partial<Readonly<Record<FailureCode, Server['name']>>> = {
  CvatUnreachable: 'CVAT',
  MonaiUnreachable: 'MONAI Label',
  TrainerUnusable: 'trainer',
};

/** The server that is away when an iteration meets this failure; null for none, and for the store, where the notice would have to be kept. */
export function serverOfFailure(code: FailureCode): Server['name'] | null {
  return SERVERS[code] ?? null;
}
