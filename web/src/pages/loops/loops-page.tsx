import { Button } from '@mantine/core';
import { lazy } from 'react';
import { useNavigate } from 'react-router';
import { listLoops, startLoop } from '../../../../src/api/endpoints/loops.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { Section } from '../../parts/section.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useChange } from '../../requests/use-change.ts';
import { useMay } from '../../session/principal.tsx';
import { loopAddress } from '../../shell/addresses.ts';
import { useAddress } from '../../shell/use-address.ts';
import { Answered } from '../../states/answered.tsx';
import { LoopsSection } from '../overview/loops-section.tsx';
import type { CheckedLoop } from './form/loop-editor.tsx';
import { NEW_LOOP } from './new-loop-text.ts';
import { useMode } from './use-mode.ts';

const LoopEditor = lazy(async () => ({ default: (await import('./form/loop-editor.tsx')).LoopEditor }));

/** No event tells of loops, so the page looks again, in milliseconds. */
const LOOK_EVERY_MS = 15_000;

/** All loops with their learning curves, and a new one. */
export function LoopsPage() {
  const [read, change] = useAddress();
  const mayStart = useMay('operator');
  const isNew = read('new') !== null && mayStart;
  const all = useAnswer(listLoops, {}, { everyMs: LOOK_EVERY_MS });
  const start = useChange(startLoop);
  const go = useNavigate();
  const [mode, setMode] = useMode();
  const begin = async (text: string, loop: CheckedLoop): Promise<void> => {
    await start.mutateAsync({ body: { text } });
    await go(loopAddress(loop));
  };
  const make = (
    <Button onClick={() => change({ new: '1' })} disabled={isNew}>
      New loop
    </Button>
  );
  return (
    <>
      <PageHeader title="Loops" actions={mayStart ? make : undefined}>
        Frames are chosen, corrected and learnt from, again and again
      </PageHeader>
      {isNew ? (
        <Section
          title="New loop"
          actions={
            <Button variant="default" onClick={() => change({ new: null, as: null })}>
              Close
            </Button>
          }
        >
          <LoopEditor
            label="Start the loop"
            does="The loop begins: it chooses frames, puts them into CVAT for people, and trains with what they corrected, until a rule or somebody stops it. One that runs with an equal policy is joined."
            begin={NEW_LOOP}
            isEdit={false}
            mode={mode}
            onMode={setMode}
            onConfirm={begin}
          />
        </Section>
      ) : null}
      <Answered query={all} what="the loops">
        {({ loops }) => <LoopsSection loops={loops} most={loops.length} />}
      </Answered>
    </>
  );
}
