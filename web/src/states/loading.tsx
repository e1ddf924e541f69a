/** Said while something is on its way; `what` completes "Reading …". */
export function Loading({ what }: { readonly what: string }) {
  return <output className="state">Reading {what} …</output>;
}
