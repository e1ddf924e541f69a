import { useMemo } from 'react';
import { readFrameImage } from '../../../../../src/api/endpoints/gallery.ts';
import { addressOf } from '../../../requests/ask.ts';
import type { Drawing } from '../overlay/drawing.ts';
import type { FrameSearch } from './frame-search.ts';
import { isThere, overlaid, sideBySide } from './paintings.ts';
import { Stage } from './stage.tsx';

interface ComparisonProps {
  readonly id: string;
  readonly drawing: Drawing;
  readonly search: FrameSearch;
  readonly opacity: number;
  /** What is to be seen, for those who do not see it. */
  readonly words: string;
}

/** The picture with all layers over it, or twice, with the pre-annotation and with the final label. */
export function Comparison({ id, drawing, search: { on, isSideBySide }, opacity, words }: ComparisonProps) {
  const address = addressOf(readFrameImage, { params: { id, frame: drawing.name } });
  const shown = useMemo(() => on.filter((name) => isThere(drawing, name)), [drawing, on]);
  const both = useMemo(() => overlaid(shown), [shown]);
  const [before, after] = useMemo(() => sideBySide(shown), [shown]);
  const stage = { id, address, drawing, opacity };
  if (!isSideBySide) return <Stage {...stage} paintings={both} label={words} />;
  return (
    <div className="side-by-side">
      <figure>
        <Stage {...stage} paintings={before} label={`Pre-annotation. ${words}`} />
        <figcaption>Pre-annotation</figcaption>
      </figure>
      <figure>
        <Stage {...stage} paintings={after} label={`Final label. ${words}`} />
        <figcaption>Final label</figcaption>
      </figure>
    </div>
  );
}
