import { Link } from 'react-router';
import { describeIteration } from '../../../../src/api/endpoints/iterations.ts';
import { describeLoop } from '../../../../src/api/endpoints/loops.ts';
import { WithCode } from '../../parts/with-code.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { iterationAddress, loopAddress } from '../../shell/addresses.ts';
import { Answered } from '../../states/answered.tsx';
import { choiceWord } from '../../words/choices.ts';
import { whatToDo } from '../../words/what-to-do/what-to-do.ts';
import type { ListedLoop } from './loops-section.tsx';

interface QuestionProps {
  /** What has happened, a sentence each. */
  readonly texts: readonly string[];
  /** What to do about it; null where that is not known. */
  readonly action: string | null;
  /** Where it is decided. */
  readonly to: string;
  /** What may be answered, in words. */
  readonly choices: readonly string[];
}

/** What an iteration asks, in the words of the failure, and what can be answered. */
export function AskedByIteration({ id }: { readonly id: string }) {
  const view = useAnswer(describeIteration, { params: { id } });
  return (
    <Answered query={view} what="what is asked">
      {({ status }) => (
        <Question
          texts={status?.trouble === null || status === null ? [] : [status.trouble.message]}
          action={actionOf(status?.trouble ?? null)}
          to={iterationAddress(id)}
          choices={(status?.choices ?? []).map(choiceWord)}
        />
      )}
    </Answered>
  );
}

/** What a loop asks: what has gone wrong, or which rule proposes to stop. */
export function AskedByLoop({ loop }: { readonly loop: ListedLoop }) {
  const { connection, project, name } = loop;
  const view = useAnswer(describeLoop, { params: { connection, project, loop: name } });
  return (
    <Answered query={view} what="what is asked">
      {({ status }) => {
        const trouble = status?.trouble ?? null;
        const rules = (status?.findings ?? []).filter(({ proposes }) => proposes).map(({ words }) => words);
        return (
          <Question
            texts={trouble === null ? rules : [trouble.message]}
            action={actionOf(trouble)}
            to={loopAddress(loop)}
            choices={(status?.choices ?? []).map(choiceWord)}
          />
        );
      }}
    </Answered>
  );
}

function actionOf(trouble: { readonly code: string; readonly action: string } | null): string | null {
  return trouble === null ? null : whatToDo(trouble.code, trouble.action);
}

function Question({ texts, action, to, choices }: QuestionProps) {
  return (
    <>
      {texts.length > 0 ? null : <p className="entry-text">No worker answers, so it cannot be said what is asked.</p>}
      {texts.map((text) => (
        <p key={text} className="entry-text">
          <WithCode text={text} />
        </p>
      ))}
      {action === null ? null : (
        <p className="entry-action">
          <WithCode text={action} />
        </p>
      )}
      <p className="entry-action">
        <Link to={to}>Decide</Link>
        {choices.length === 0 ? '' : `: ${choices.join(', ')}`}
      </p>
    </>
  );
}
