import { StatusBadge } from '../../parts/status-badge.tsx';
import { WithCode } from '../../parts/with-code.tsx';
import { whatToDo } from '../../words/what-to-do/what-to-do.ts';
import { LEVELS, type Group } from './levels.ts';

interface FindingLineProps {
  readonly finding: Group['findings'][number];
  /** Of what it was found, where that is not said above. */
  readonly about?: string;
}

/** One finding, and what to do about it. */
export function FindingLine({ finding: { level, message, action, code }, about }: FindingLineProps) {
  const [tone, word] = LEVELS[level];
  return (
    <li>
      <StatusBadge tone={tone}>{word}</StatusBadge>
      <div>
        {about === undefined ? null : <div className="aside">{about}</div>}
        <div>{message}</div>
        {action === null ? null : (
          <div className="finding-action">
            <WithCode text={code === undefined ? action : whatToDo(code, action)} />
          </div>
        )}
      </div>
    </li>
  );
}
