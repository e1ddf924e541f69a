import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { startIteration } from '../../../../src/api/endpoints/starting.ts';
import type { ArtifactRef } from '../../../../src/contracts/refs.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Section } from '../../parts/section.tsx';
import { useChange } from '../../requests/use-change.ts';
import { iterationAddress } from '../../shell/addresses.ts';
import { Answered } from '../../states/answered.tsx';
import type { SentFiles } from '../../uploads/sent-files.ts';
import { namedFiles } from './named-files.ts';
import { PlanSection } from './plan-section.tsx';
import { startWords } from './start-words.ts';
import { readStart, type StartForm } from './start-form.ts';
import type { StartPlan as Plan } from './use-start-plan.ts';

interface Props {
  readonly form: StartForm;
  readonly categories: ArtifactRef | null;
  readonly plan: Plan;
  /** False while somebody types: the plan is not of what stands there. */
  readonly isSettled: boolean;
  readonly sent: Pick<SentFiles, 'withFiles'>;
  /** What is sent again just now, because the server does not know it any more. */
  readonly sending: string | null;
}

/** What a start would do, and the start, which waits for it. */
export function StartPlan(props: Props) {
  const { form, categories, isSettled, sent, sending } = props;
  const { input, missing, query: plan } = props.plan;
  const [isAgain, setAgain] = useState(false);
  const start = useChange(startIteration);
  const go = useNavigate();
  const begin = async (): Promise<void> => {
    // A deadline after some time is counted from now, not from when the fields were filled.
    const { input: now } = readStart(form, categories, new Date());
    if (now === null) return;
    const { id } = await sent.withFiles(namedFiles(now), async () =>
      start.mutateAsync({ body: { input: now, again: isAgain } }),
    );
    await go(iterationAddress(id));
  };
  const isReady =
    isSettled && input !== null && plan.data !== undefined && plan.error === null && plan.data.troubles.length === 0;
  return (
    <Section title="What it would do">
      {input === null ? (
        <>
          <p className="missing-head">The plan stands here once nothing is missing:</p>
          <ul className="missing">
            {missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <Sending words={sending} />
          <Answered query={plan} what="the masks, and what CVAT holds">
            {(data) => <PlanSection plan={data} input={input} />}
          </Answered>
        </>
      )}
      <div className="section-body start-bar">
        <Checkbox
          label="A further iteration of a task that has a finished one"
          checked={isAgain}
          onChange={({ currentTarget }) => setAgain(currentTarget.checked)}
        />
        <ConfirmButton
          label="Start the iteration"
          isPrimary
          disabled={!isReady}
          does={plan.data === undefined ? '' : startWords(plan.data, form.trains ? form.model.trim() : null)}
          onConfirm={begin}
        >
          <Sending words={sending} />
        </ConfirmButton>
        {isReady || input === null ? null : (
          <span className="dimmed">The button works once the plan above has no problem.</span>
        )}
      </div>
    </Section>
  );
}

/** What the page sends by itself; screen readers say it. */
function Sending({ words }: { readonly words: string | null }) {
  return words === null ? null : <output className="dimmed tabular">{words}</output>;
}
