import { z } from 'zod';

/** `GET /api/server/about`. */
export const aboutWire = z.object({ version: z.string().min(1) });

/** `GET /api/users/self`. */
export const userWire = z
  .object({ username: z.string(), is_active: z.boolean(), is_superuser: z.boolean(), groups: z.array(z.string()) })
  .transform((wire) => ({
    username: wire.username,
    isActive: wire.is_active,
    isAdmin: wire.is_superuser || wire.groups.includes('admin'),
    groups: wire.groups,
  }));

/** `GET /api/auth/access_tokens/self`. */
export const ownTokenWire = z
  .object({ name: z.string(), read_only: z.boolean(), expiry_date: z.string().nullable() })
  .transform((wire) => ({ name: wire.name, readOnly: wire.read_only, expiresAt: wire.expiry_date }));

/** One page of `GET /api/memberships`. */
export const memberWire = z
  .object({ results: z.array(z.object({ role: z.string(), user: z.object({ username: z.string() }).nullable() })) })
  .transform(({ results }) => results.map(({ role, user }) => ({ role, username: user?.username ?? null })));

/** `GET /api/server/annotation/formats`: the importers that are switched on. */
export const formatsWire = z
  .object({ importers: z.array(z.object({ name: z.string(), enabled: z.boolean() })) })
  .transform(({ importers }) => importers.filter(({ enabled }) => enabled).map(({ name }) => name));
