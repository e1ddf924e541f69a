/** How to log in at CVAT: a login key or personal access token, or a user's name and password. */
export type CvatCredentials =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'password'; readonly username: string; readonly password: string };

/** The `Authorization` header for a token: `Token` for a login key, which is 40 hex digits, `Bearer` for a personal access token. */
export function authorizationOf(token: string): string {
  return `${/^[\da-f]{40}$/i.test(token) ? 'Token' : 'Bearer'} ${token}`;
}
