import './iteration.css';
import { describeIteration } from '../../../../src/api/endpoints/iterations.ts';
import { Link } from 'react-router';
import { PageHeader } from '../../parts/page-header.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useIterationId } from '../../shell/addresses.ts';
import { Answered } from '../../states/answered.tsx';
import { iterationWords } from '../../words/iteration-words.ts';
import { ChangesPart } from './changes/changes-part.tsx';
import { FramesPart } from './frames/frames-part.tsx';
import { IterationHead } from './head/iteration-head.tsx';
import { Situation } from './head/situation.tsx';
import { JobsPart } from './jobs/jobs-part.tsx';
import { NotesPart } from './notes/notes-part.tsx';
import { PartLinks, usePart } from './part-links.tsx';
import { ReceiptPart } from './receipt/receipt-part.tsx';
import { StepsPart } from './steps/steps-part.tsx';
import { TrainingPart } from './training/training-part.tsx';
import { resultsOf, type IterationView } from './view-facts.ts';

/** No event tells how far a machine or people are, so the page looks again, in milliseconds. */
const LOOK_EVERY_MS = { machine: 4000, people: 15_000 };

/** One iteration: where it is, why, what to do, and all that has come of it. */
export function IterationPage() {
  const id = useIterationId();
  const view = useAnswer(describeIteration, { params: { id } });
  if (view.data !== undefined) return <Iteration view={view.data} />;
  return (
    <>
      <PageHeader title={nameOf(id)}>
        <Link to="/iterations">All iterations</Link>
      </PageHeader>
      <Answered query={view} what="the iteration">
        {() => null}
      </Answered>
    </>
  );
}

/** What an address that may be no iteration's is called. */
function nameOf(id: string): string {
  try {
    return iterationWords(id);
  } catch {
    return id;
  }
}

function Iteration({ view }: { readonly view: IterationView }) {
  const part = usePart();
  useFreshView(view);
  return (
    <>
      <IterationHead view={view} />
      <Situation view={view} />
      <PartLinks />
      {part === 'steps' ? <StepsPart view={view} /> : null}
      {part === 'jobs' ? <JobsPart id={view.id} isRunning={view.state === 'running'} /> : null}
      {part === 'training' ? <TrainingPart view={view} /> : null}
      {part === 'changes' ? <ChangesPart results={resultsOf(view)} /> : null}
      {part === 'frames' ? <FramesPart id={view.id} /> : null}
      {part === 'receipt' ? <ReceiptPart view={view} /> : null}
      {part === 'notes' ? <NotesPart id={view.id} /> : null}
    </>
  );
}

/** Reads the iteration again while it runs; more often while a machine works on it. */
function useFreshView({ id, state, status }: IterationView): void {
  const everyMs = status?.waitingFor === 'people' ? LOOK_EVERY_MS.people : LOOK_EVERY_MS.machine;
  useAnswer(describeIteration, { params: { id } }, state === 'running' ? { everyMs } : {});
}
