import { Section } from '../../parts/section.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { FindingLine } from './finding-line.tsx';
import type { Group } from './levels.ts';

/** What is wrong and what to do, problems before warnings. */
export function ToDo({ groups }: { readonly groups: readonly Group[] }) {
  const all = groups.flatMap(({ title, findings }) => findings.map((finding) => ({ about: title, finding })));
  const wrong = ['problem', 'warning'].flatMap((level) => all.filter(({ finding }) => finding.level === level));
  return (
    <Section title="To do" count={wrong.length}>
      {wrong.length === 0 ? (
        <EmptyState title="All that iterations need is there." />
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
