import { KeyValues } from '../../../parts/key-values.tsx';
import { changesOf, type Means } from './changes-of.ts';

/** What a text means in words; of a loop that runs, what is different from now. @param before of the loop as it is; null for a new one */
export function WhatChanges({ before, means }: { readonly before: Means | null; readonly means: Means }) {
  if (before === null) return <KeyValues rows={means} />;
  const changed = changesOf(before, means);
  if (changed.length === 0) return <p className="dimmed">It does what it does now.</p>;
  return <KeyValues rows={changed.map(({ what, from, to }) => [what, <Change key={what} from={from} to={to} />])} />;
}

function Change({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  return (
    <>
      {from === null ? null : <del>{from}</del>} {to === null ? null : <ins>{to}</ins>}
    </>
  );
}
