import { Button } from '@mantine/core';
import { lazy, useState } from 'react';
import type { z } from 'zod';
import { editLoop, readLoopFile, startLoop } from '../../../../src/api/endpoints/loops.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { useChange } from '../../requests/use-change.ts';
import { placeWords, type LoopPlace } from '../../shell/loop-place.ts';
import { Answered } from '../../states/answered.tsx';
import type { CheckedLoop } from './form/loop-editor.tsx';
import { useMode } from './use-mode.ts';

const LoopEditor = lazy(async () => ({ default: (await import('./form/loop-editor.tsx')).LoopEditor }));

const EDIT = {
  label: 'Change the loop',
  does: 'What the loop does changes from its next iteration on; the one that runs goes on as it began.',
  about: 'What is changed here counts from the next iteration on; the one that runs goes on as it began.',
} as const;

const AGAIN = {
  label: 'Start the loop again',
  does: 'The loop goes on with its next number: it chooses frames, puts them into CVAT for people, and trains with what they corrected.',
  about: 'The loop has ended. It goes on with its next number, by what stands here; what made it end may do so again.',
} as const;

type LoopFile = z.output<NonNullable<(typeof readLoopFile)['answer']>>;

interface Props {
  readonly place: LoopPlace;
  /** False for a loop that has ended, and is started again. */
  readonly isRunning: boolean;
  readonly onDone: () => void;
}

/** Changes what a loop does, beginning with what it does now. */
export function EditLoop({ place, isRunning, onDone }: Props) {
  const file = useAnswer(readLoopFile, { params: place });
  const [isShown, show] = useState(false);
  // What was read for an edit before may be out of date; what is shown already stays, with what somebody has written.
  const data = isShown || !file.isFetching ? file.data : undefined;
  if (data !== undefined && !isShown) show(true);
  return (
    <Answered query={{ data, error: file.error }} what="what the loop does now">
      {(now) => <Editing place={place} isRunning={isRunning} now={now} onDone={onDone} />}
    </Answered>
  );
}

function Editing({ place, isRunning, now, onDone }: Props & { readonly now: LoopFile }) {
  const [begun, begin] = useState(now);
  const [mode, setMode] = useMode();
  const words = isRunning ? EDIT : AGAIN;
  const edit = useChange(editLoop);
  const start = useChange(startLoop);
  return (
    <>
      <div className="editor-note">
        <p>
          {words.about}
          {begun.isEdited
            ? ' Somebody has changed the loop already, and its next iteration has not begun: this is what it will do.'
            : ''}
        </p>
        {begun.unsaid.length === 0 ? null : (
          <p role="alert">
            This was not made from a maskloop.yaml, and such a file cannot say all of it: {begun.unsaid.join(', ')}.
            What is changed here brings it to what is shown.
          </p>
        )}
        {begun.policy === now.policy ? null : (
          <p role="alert">
            Somebody has changed the loop meanwhile.{' '}
            <Button variant="default" onClick={() => begin(now)}>
              Begin with what it does now
            </Button>
          </p>
        )}
      </div>
      <LoopEditor
        key={begun.policy}
        label={words.label}
        does={words.does}
        begin={begun.text}
        isEdit
        mayStay={!isRunning}
        mode={mode}
        onMode={setMode}
        refuse={(meant) =>
          isPlace(meant, place) ? null : `The text is of another loop: ${placeWords({ ...meant, loop: meant.name })}.`
        }
        onConfirm={async (text) => {
          await (isRunning ? edit : start).mutateAsync({ body: { text } });
          onDone();
        }}
      />
    </>
  );
}

/** Whether a text is of the loop whose page this is. */
function isPlace({ name, project, connection }: CheckedLoop, place: LoopPlace): boolean {
  return name === place.loop && project === place.project && connection === place.connection;
}
