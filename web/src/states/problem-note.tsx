import { WithCode } from '../parts/with-code.tsx';
import { problemOf } from './problem-of.ts';

/** What went wrong and what to do, in the words of the catalogue. Screen readers say it at once. */
export function ProblemNote({ error }: { readonly error: unknown }) {
  const { title, detail, action, code } = problemOf(error);
  return (
    <div className="problem-note" role="alert" data-code={code}>
      <p className="problem-title">{title}</p>
      {detail === title ? null : (
        <p>
          <WithCode text={detail} />
        </p>
      )}
      <p className="problem-action">
        <WithCode text={action} />
      </p>
    </div>
  );
}
