/** Removes what the tests have left among their temporary files in memory. */
export default async function removeScratch() {
  await globalThis.removeScratch?.();
}
