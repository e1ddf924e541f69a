import { Section } from '../../parts/section.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { FindingLine } from './finding-line.tsx';
import type { Group } from './levels.ts';

interface ToDoProps {
  readonly groups: readonly Group[];
  /** True where a server was not looked at because it is held. */
  readonly isHeld: boolean;
}

/** What is wrong and what to do, problems before warnings. */
export function ToDo({ groups, isHeld }: ToDoProps) {
  const all = groups.flatMap(({ title, findings }) => findings.map((finding) => ({ about: title, finding })));
  const wrong = ['problem', 'warning'].flatMap((level) => all.filter(({ finding }) => finding.level === level));
  return (
    <Section title="To do" count={wrong.length}>
      {wrong.length === 0 ? (
        <EmptyState title={isHeld ? 'Nothing is to be done.' : 'All that iterations need is there.'}>
          {isHeld ? 'Servers that are held for maintenance were not looked at.' : null}
        </EmptyState>
      ) : (
        <ul className="findings">
          {wrong.map(({ about, finding }) => (
            <FindingLine key={`${about} ${finding.message}`} about={about} finding={finding} />
          ))}
        </ul>
      )}
    </Section>
  );
}
