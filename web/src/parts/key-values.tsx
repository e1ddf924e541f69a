import type { ReactNode } from 'react';

/** Facts under their names; a fact that is null is left out. */
export function KeyValues({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  const told = rows.filter(([, value]) => value !== null && value !== undefined);
  return (
    <dl className="key-values">
      {told.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
