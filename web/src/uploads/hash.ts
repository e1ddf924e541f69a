/** Lower-case hex SHA-256. @throws Error where the browser hashes nothing, since the page came over plain HTTP from another machine */
export async function sha256Of(bytes: BufferSource): Promise<string> {
  if (globalThis.crypto.subtle === undefined) {
    throw new Error(
      'The browser hashes files only on pages that came over HTTPS, or from this machine. Upload with the command line instead: maskloop put.',
    );
  }
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
