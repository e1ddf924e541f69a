import { createContext, useContext } from 'react';
import type { z } from 'zod';
import type { readSession } from '../../../src/api/endpoints/session.ts';
import { mayAct, type Role } from '../../../src/contracts/role.ts';

/** Who looks at the page, and what they may. */
export type Principal = z.output<NonNullable<(typeof readSession)['answer']>>;

const NOBODY: Principal = { name: '', role: 'viewer', connections: [], expiresAt: null };

/** Holds who has logged in. */
export const PrincipalContext = createContext<Principal>(NOBODY);

/** Who looks at the page. */
export function usePrincipal(): Principal {
  return useContext(PrincipalContext);
}

/** True if whoever looks may do what needs this role; a button that may not be used is not shown. */
export function useMay(needs: Role): boolean {
  return mayAct(usePrincipal().role, needs);
}

/** True if whoever looks sees all connections; what is about all of them is not offered to others. */
export function useSeesAll(): boolean {
  return usePrincipal().connections === null;
}
