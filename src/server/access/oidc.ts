import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { OidcConfig } from '../../config/access.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { ROLES, type Role } from '../../contracts/role.ts';
import type { Principal } from './principal.ts';

/** Asymmetric ones alone: a public key must never serve as a shared secret, and `none` is nobody. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** How far the clocks of the issuer and of this machine may be apart, in seconds. */
const CLOCK_TOLERANCE_S = 30;

/** How long the issuer may take to answer, in milliseconds. */
const ISSUER_TIMEOUT_MS = 5000;

const descriptionSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const roleClaim = z.union([z.string(), z.array(z.string())]);
const connectionsClaim = z.union([z.string(), z.array(z.string())]);

/** Says who a JWT is of; null for one that does not hold or gives no role. @throws MaskloopError `IssuerUnreachable` */
export type JwtCheck = (token: string) => Promise<Principal | null>;

/**
 * Checks JWTs of an issuer: signature by one of its published keys, issuer, audience, times.
 *
 * https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export function jwtCheck(config: OidcConfig): JwtCheck {
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const known = async (): Promise<JWTVerifyGetKey> => {
    keys ??= findKeys(config);
    try {
      return await keys;
    } catch (error) {
      keys = null;
      throw error;
    }
  };
  return async (token) => {
    try {
      const key = await known();
      const { issuer, audience } = config;
      const { payload } = await jwtVerify(token, key, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp', 'sub'],
      });
      return principalOf(payload, config);
    } catch (error) {
      if (isRefusal(error)) return null;
      const { issuer } = config;
      throw new MaskloopError('IssuerUnreachable', `The issuer ${issuer} does not answer with its keys.`, {
        facts: { issuer },
        cause: error,
      });
    }
  };
}

/** What is wrong with the token itself, in the words of jose; everything else is a failure to ask the issuer. */
const REFUSALS =
  /^ERR_(JWT_EXPIRED|JWT_CLAIM_VALIDATION_FAILED|JWT_INVALID|JWS_INVALID|JWS_SIGNATURE_VERIFICATION_FAILED|JOSE_ALG_NOT_ALLOWED|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE_MATCHING_KEYS)$/;

function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && REFUSALS.test(String(error.code));
}

async function findKeys({ issuer, jwksUrl }: OidcConfig): Promise<JWTVerifyGetKey> {
  if (jwksUrl !== null) return createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: ISSUER_TIMEOUT_MS });
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(ISSUER_TIMEOUT_MS), redirect: 'error' });
  const described = descriptionSchema.parse(await answer.json());
  if (described.issuer !== issuer) throw new Error('the issuer describes itself by another name');
  return createRemoteJWKSet(new URL(described.jwks_uri), { timeoutDuration: ISSUER_TIMEOUT_MS });
}

function principalOf(payload: JWTPayload, config: OidcConfig): Principal | null {
  const role = highestRole(roleClaim.safeParse(payload[config.roleClaim]).data ?? []);
  const connections = connectionsOf(payload, config.connectionsClaim);
  if (role === null || connections === undefined) return null;
  const name = [payload['preferred_username'], payload['email'], payload.sub].find((text) => typeof text === 'string');
  return {
    name: String(name),
    role,
    connections,
    expiresAt: new Date((payload.exp ?? 0) * 1000).toISOString(),
    isShared: false,
    isAmbient: false,
  };
}

/** The highest of the roles that are ours; others may mean something elsewhere. */
function highestRole(claim: string | readonly string[]): Role | null {
  const given = typeof claim === 'string' ? claim.split(/[\s,]+/) : claim;
  return ROLES.findLast((role) => given.includes(role)) ?? null;
}

/** Null for all; undefined where the claim is needed and missing or empty. `*` stands for all. */
function connectionsOf(payload: JWTPayload, claim: string | null): readonly string[] | null | undefined {
  if (claim === null) return null;
  const given = connectionsClaim.safeParse(payload[claim]).data;
  const names = (typeof given === 'string' ? given.split(/[\s,]+/) : (given ?? [])).filter((name) => name !== '');
  if (names.length === 0) return undefined;
  return names.includes('*') ? null : names;
}
