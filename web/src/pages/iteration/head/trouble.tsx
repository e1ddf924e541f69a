import { KeyValues } from '../../../parts/key-values.tsx';
import { WithCode } from '../../../parts/with-code.tsx';
import { FAILURES } from '../../../../../src/contracts/failures.ts';
import type { Trouble as TroubleFacts } from '../../../../../src/contracts/iteration.ts';
import { whatToDo } from '../../../words/what-to-do/what-to-do.ts';
import { factText } from './fact-text.ts';

/** What went wrong, with its facts, and what to do about it. */
export function Trouble({ trouble: { code, message, action, facts } }: { readonly trouble: TroubleFacts }) {
  const rows = Object.entries(facts).filter(([, value]) => value !== null);
  return (
    <div className="trouble" data-code={code}>
      <p className="trouble-title">{FAILURES[code].meaning}</p>
      <p>
        <WithCode text={message} />
      </p>
      <p>
        <strong>What to do:</strong> <WithCode text={whatToDo(code, action)} />
      </p>
      {rows.length === 0 ? null : (
        <details>
          <summary>Facts</summary>
          <KeyValues rows={[['code', code], ...rows.map(([name, value]) => [name, factText(value)] as const)]} />
        </details>
      )}
    </div>
  );
}
