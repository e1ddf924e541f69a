import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { planIteration, startIteration } from '../../../../src/api/endpoints/starting.ts';
import type { ArtifactRef } from '../../../../src/contracts/refs.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Section } from '../../parts/section.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useChange } from '../../requests/use-change.ts';
import { iterationAddress } from '../../shell/addresses.ts';
import { Answered } from '../../states/answered.tsx';
import { PlanSection } from './plan-section.tsx';
import { startWords } from './start-words.ts';
import { inputOf, missingOf, type StartForm } from './start-form.ts';

interface Props {
  readonly form: StartForm;
  readonly categories: ArtifactRef | null;
  /** False while somebody types: the plan is not of what stands there. */
  readonly isSettled: boolean;
}

/** What a start would do, and the start, which waits for it. */
export function StartPlan({ form, categories, isSettled }: Props) {
  const missing = missingOf(form, categories);
  const input = inputOf(form, categories);
  const [isAgain, setAgain] = useState(false);
  const plan = useAnswer(planIteration, input === null ? {} : { body: { input } }, { enabled: input !== null });
  const start = useChange(startIteration);
  const go = useNavigate();
  const begin = async (): Promise<void> => {
    if (input === null) return;
    const { id } = await start.mutateAsync({ body: { input, again: isAgain } });
    await go(iterationAddress(id));
  };
  const isReady = isSettled && plan.data !== undefined && plan.error === null && plan.data.troubles.length === 0;
  return (
    <Section title="What it would do">
      {input === null ? (
        <ul className="missing">
          {missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : (
        <Answered query={plan} what="the masks, and what CVAT holds">
          {(data) => <PlanSection plan={data} />}
        </Answered>
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
        />
        {isReady ? null : <span className="dimmed">The button works once the plan above has no problem.</span>}
      </div>
    </Section>
  );
}
