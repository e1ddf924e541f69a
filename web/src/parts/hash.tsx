import { Button, CopyButton } from '@mantine/core';

/** Characters of a hash that tell it apart from the others on a page. */
const SHORT = 12;

/** A hash or checksum, shortened; the button copies all of it. */
export function Hash({ text }: { readonly text: string }) {
  const [kind, digits] = text.includes(':') ? text.split(':', 2) : ['', text];
  const short = `${kind === '' ? '' : `${kind}:`}${digits?.slice(0, SHORT) ?? ''}`;
  return (
    <span className="hash">
      <code title={text}>{short}…</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="subtle" size="compact-xs" onClick={copy} aria-label={`Copy ${text}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </span>
  );
}
