import { Button } from '@mantine/core';
import type { z } from 'zod';
import { useEffect, useRef } from 'react';
import type { listRootFolder } from '../../../../../src/api/endpoints/roots.ts';
import { formatBytes } from '../../../uploads/format-bytes.ts';
import { countWords } from '../../../words/count-words.ts';
import { contentWords } from './content-words.ts';

type Listing = z.output<NonNullable<(typeof listRootFolder)['answer']>>;

interface Props {
  readonly listing: Listing;
  readonly from: number;
  readonly onOpen: (path: string) => void;
  readonly onPage: (from: number) => void;
}

/** Links that lead out of what the server offers. */
function leftOutWords(count: number): string {
  return count === 1 ? 'one link that leads elsewhere is' : `${countWords(count)} links that lead elsewhere are`;
}

/** What lies in a folder, mounted anew for each page of it: other folders as buttons that lead into them, and files. */
export function FolderEntries({ listing, from, onOpen, onPage }: Props) {
  const { path, counts, leftOut, next, entries } = listing;
  const head = useRef<HTMLParagraphElement>(null);
  // Whoever goes into a folder by keyboard or screen reader begins at its top, not at a button that is gone.
  useEffect(() => {
    head.current?.focus();
  }, []);
  return (
    <>
      <p ref={head} tabIndex={-1} className="folder-counts" aria-live="polite">
        {contentWords(counts)}
        {leftOut === 0 ? '' : `; ${leftOutWords(leftOut)} left out`}
      </p>
      <ul className="folder-entries" aria-label={`What lies in ${path}`}>
        {entries.map((entry) => (
          <li key={`${entry.kind} ${entry.name}`}>
            {entry.kind === 'folder' ? (
              <button type="button" onClick={() => onOpen(`${path.replace(/\/$/, '')}/${entry.name}`)}>
                <span className="folder-name">{entry.name}/</span>
                <span className="dimmed tabular">
                  {entry.counts === null ? 'may not be read' : contentWords(entry.counts)}
                </span>
              </button>
            ) : (
              <div>
                <span>{entry.name}</span>
                <span className="dimmed tabular">{formatBytes(entry.bytes)}</span>
              </div>
            )}
          </li>
        ))}
      </ul>
      {from === 0 && next === null ? null : (
        <div className="pager">
          <Button variant="default" disabled={from === 0} onClick={() => onPage(Math.max(0, from - PAGE))}>
            Before
          </Button>
          <Button variant="default" disabled={next === null} onClick={() => onPage(next ?? 0)}>
            {`More of ${countWords(counts.folders + counts.files)}`}
          </Button>
        </div>
      )}
    </>
  );
}

/** Entries of a page where the request names no number. */
const PAGE = 100;
