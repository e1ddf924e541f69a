import { Button } from '@mantine/core';
import type { z } from 'zod';
import type { listFrames } from '../../../../../src/api/endpoints/gallery.ts';
import { changeText, markText } from './change-text.ts';
import { shownFrame } from './shown-frame.ts';
import type { FrameSearch } from './frame-search.ts';

/** A page of the list. */
export type FramePage = z.output<NonNullable<(typeof listFrames)['answer']>>;

/** Frames of a page. */
export const PAGE_SIZE = 100;

interface FrameListProps {
  readonly page: FramePage;
  readonly search: FrameSearch;
  readonly onChange: (change: Partial<FrameSearch>) => void;
}

/** Names of frames, with how much people changed on each. */
export function FrameList({ page: { frames, total, next }, search, onChange }: FrameListProps) {
  const shown = shownFrame(frames, search.frame);
  const { from } = search;
  return (
    <div className="frame-list">
      <ol start={from + 1} aria-label="Frames">
        {frames.map((frame) => (
          <li key={frame.name}>
            <button
              type="button"
              className="frame-link"
              aria-current={frame.name === shown?.name ? 'true' : undefined}
              onClick={() => onChange({ frame: frame.name })}
            >
              <span className="frame-name">
                {frame.name}
                <span className="frame-mark">{markText(frame)}</span>
              </span>
              <span className="frame-change tabular">{changeText(frame)}</span>
            </button>
          </li>
        ))}
      </ol>
      {from === 0 && next === null ? null : (
        <div className="frame-pages">
          <Button
            variant="default"
            disabled={from === 0}
            onClick={() => onChange({ from: Math.max(0, from - PAGE_SIZE), frame: null })}
          >
            Previous
          </Button>
          <span className="faint tabular">
            {from + 1} to {from + frames.length} of {total}
          </span>
          <Button
            variant="default"
            disabled={next === null}
            onClick={() => onChange({ from: next ?? from, frame: null })}
          >
            Next
          </Button>
        </div>
      )}
    </div>
  );
}
