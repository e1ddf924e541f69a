/** The nonce that the server gave this page; empty where it gave none. Browsers hide it from the attribute, not from the property. */
export function readNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  // Where the library that locks scrolling behind a dialog looks for it.
  Object.assign(globalThis, { __webpack_nonce__: nonce });
  return nonce;
}
