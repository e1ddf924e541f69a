import { answerLoop } from '../../../../src/api/endpoints/loops.ts';
import type { LoopAnswer, LoopStatus } from '../../../../src/contracts/loop.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { WithCode } from '../../parts/with-code.tsx';
import { Section } from '../../parts/section.tsx';
import { useChange } from '../../requests/use-change.ts';
import { useMay } from '../../session/principal.tsx';
import type { LoopPlace } from '../../shell/loop-place.ts';
import { choiceWord } from '../../words/choices.ts';
import { whatToDo } from '../../words/what-to-do/what-to-do.ts';

const DOES: Readonly<Record<LoopAnswer, string>> = {
  retry: 'The iteration that failed is begun again, with the same frames.',
  skip: 'The iteration that failed is left as it is, and the loop goes on with the next one.',
  'go on': 'The loop goes on with its next iteration, in spite of what the rule found.',
  stop: 'The loop ends. Its iterations, models and labels stay; it can be started again.',
};

/** What a loop asks, and the answers. */
export function LoopQuestion({ place, status }: { readonly place: LoopPlace; readonly status: LoopStatus }) {
  const { trouble, findings, choices } = status;
  const answer = useChange(answerLoop);
  const mayAnswer = useMay('lead');
  if (choices.length === 0) return null;
  const texts =
    trouble === null ? findings.filter(({ proposes }) => proposes).map(({ words }) => words) : [trouble.message];
  return (
    <Section title="Needs a decision">
      <div className="section-body">
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {trouble === null ? null : (
          <p className="dimmed">
            <WithCode text={whatToDo(trouble.code, trouble.action)} />
          </p>
        )}
        {mayAnswer ? (
          <div className="page-actions">
            {choices.map((choice) => (
              <ConfirmButton
                key={choice}
                label={capital(choiceWord(choice))}
                does={DOES[choice]}
                onConfirm={async () => answer.mutateAsync({ params: place, body: { answer: choice } })}
              />
            ))}
          </div>
        ) : (
          <p className="dimmed">A lead or an operator decides.</p>
        )}
      </div>
    </Section>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
