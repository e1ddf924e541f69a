import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { readFrameShapes } from '../../../../../src/api/endpoints/gallery.ts';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Answered } from '../../../states/answered.tsx';
import { readDrawing, type FrameShapes } from '../overlay/drawing.ts';
import { frameWords } from '../overlay/frame-words.ts';
import { ClassKey } from './class-key.tsx';
import { Comparison } from './comparison.tsx';
import type { FramePage } from './frame-list.tsx';
import { switched, SWITCHES, type FrameSearch } from './frame-search.ts';
import { LayerSwitches } from './layer-switches.tsx';
import { shownFrame, stepFrom } from './shown-frame.ts';
import type { ChangeSearch } from './use-frame-search.ts';
import { useFramesBeyond } from './use-frames-beyond.ts';
import { useKeys } from './use-keys.ts';

interface FrameViewerProps {
  readonly id: string;
  readonly page: FramePage;
  /** The page is another than is asked for, which is on its way: no step can be taken from it. */
  readonly isOld: boolean;
  readonly search: FrameSearch;
  readonly onChange: ChangeSearch;
}

/** One frame, with what is laid over its picture. */
export function FrameViewer({ id, page, isOld, search, onChange }: FrameViewerProps) {
  const shown = shownFrame(page.frames, search.frame);
  const place = shown?.place ?? null;
  const beyond = useFramesBeyond(id, search, page);
  const back = isOld ? null : stepFrom(page.frames, place, -1, beyond.before);
  const on = isOld ? null : stepFrom(page.frames, place, 1, beyond.after);
  const keys = useMemo(
    () => ({
      ArrowLeft: () => back !== null && onChange(back),
      ArrowRight: () => on !== null && onChange(on),
      ...Object.fromEntries(
        SWITCHES.map((name, at) => [String(at + 1), () => onChange((before) => switched(before, name))]),
      ),
    }),
    [back, on, onChange],
  );
  useKeys(keys);
  const shapes = useAnswer(
    readFrameShapes,
    { params: { id, frame: shown?.name ?? '' } },
    { enabled: shown !== null, keepsShowing: true },
  );
  return (
    <section className="frame-viewer" aria-label={`Frame ${shown?.name ?? ''}`}>
      <header className="frame-viewer-head">
        <h3>{shown?.name}</h3>
        <Button.Group>
          <Button variant="default" disabled={back === null} onClick={keys.ArrowLeft} title="Arrow key left">
            Previous frame
          </Button>
          <Button variant="default" disabled={on === null} onClick={keys.ArrowRight} title="Arrow key right">
            Next frame
          </Button>
        </Button.Group>
      </header>
      <Answered query={shapes} what="what lies over the picture">
        {(answer) => <Frame id={id} shapes={answer} search={search} onChange={onChange} />}
      </Answered>
    </section>
  );
}

interface FrameProps extends Pick<FrameViewerProps, 'id' | 'search' | 'onChange'> {
  readonly shapes: FrameShapes;
}

function Frame({ id, shapes, search, onChange }: FrameProps) {
  const [opacity, setOpacity] = useState(0.75);
  const drawing = useMemo(() => readDrawing(shapes), [shapes]);
  const words = useMemo(() => frameWords(drawing), [drawing]);
  return (
    <>
      <LayerSwitches drawing={drawing} search={search} onChange={onChange} opacity={opacity} onOpacity={setOpacity} />
      <Comparison id={id} drawing={drawing} search={search} opacity={opacity} words={words} />
      <p className="frame-words">{words}</p>
      <ClassKey drawing={drawing} search={search} />
    </>
  );
}
