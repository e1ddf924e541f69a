/**
 * What a page may load and do: scripts, styles and answers of this server alone. Styles that a script of ours puts into the page carry
 * a nonce, so that no style of anybody else holds. Pictures may come from what the page itself has drawn.
 *
 * @param nonce new for each answer
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
