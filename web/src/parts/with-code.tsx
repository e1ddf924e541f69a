/** A sentence of the catalogue: what stands between backticks is to be typed as it is. */
export function WithCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}
