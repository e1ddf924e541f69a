import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import { listRootFolder } from '../../../../../src/api/endpoints/roots.ts';
import type { FolderRef } from '../../../../../src/contracts/refs.ts';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Answered } from '../../../states/answered.tsx';
import { FolderEntries } from './folder-entries.tsx';
import { wayTo } from './folder-place.ts';
import { TakeFolder } from './take-folder.tsx';

interface Props {
  readonly roots: readonly string[];
  readonly onTake: (folder: FolderRef) => void;
}

interface Place {
  /** Null for the list of the offered folders. */
  readonly path: string | null;
  readonly from: number;
}

/** From folder to folder: where one is, what lies there, and the button that takes it. */
export function FolderWalk({ roots, onTake }: Props) {
  const [only, ...others] = roots;
  const [{ path, from }, go] = useState<Place>({ path: others.length === 0 ? (only ?? null) : null, from: 0 });
  const open = (next: string | null): void => go({ path: next, from: 0 });
  const asking = path === null ? {} : { query: { path, from } };
  const listing = useAnswer(listRootFolder, asking, { enabled: path !== null });
  return (
    <div className="folder-walk">
      <nav aria-label="Where" className="folder-way">
        {roots.length > 1 ? (
          <Anchor component="button" onClick={() => open(null)}>
            All
          </Anchor>
        ) : null}
        {(path === null ? [] : wayTo(path, roots)).map(({ name, path: place }) =>
          place === path ? (
            <span key={place} aria-current="location">
              {name}
            </span>
          ) : (
            <Anchor key={place} component="button" onClick={() => open(place)}>
              {name}
            </Anchor>
          ),
        )}
      </nav>
      {path === null ? (
        <ul className="folder-entries" aria-label="Offered folders">
          {roots.map((root) => (
            <li key={root}>
              <Button variant="subtle" justify="flex-start" fullWidth onClick={() => open(root)}>
                {root}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <Answered query={listing} what="the folder">
          {(data) => (
            <>
              <FolderEntries
                key={`${from} ${path}`}
                listing={data}
                from={from}
                onOpen={open}
                onPage={(next) => go({ path, from: next })}
              />
              <TakeFolder key={path} path={path} counts={data.counts} onTake={onTake} />
            </>
          )}
        </Answered>
      )}
    </div>
  );
}
