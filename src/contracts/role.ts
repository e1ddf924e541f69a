/** What somebody may do, the least first; each may do what those before it may. */
export const ROLES = ['viewer', 'lead', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** True if `has` may do what `needs` may. */
export function mayAct(has: Role, needs: Role): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needs);
}
