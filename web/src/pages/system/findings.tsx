import { Section } from '../../parts/section.tsx';
import { FindingLine } from './finding-line.tsx';
import type { Group } from './levels.ts';

/** All that was found out about one thing. */
export function Findings({ group: { title, findings } }: { readonly group: Group }) {
  return (
    <Section title={title}>
      <ul className="findings">
        {findings.map((finding) => (
          <FindingLine key={finding.message} finding={finding} />
        ))}
      </ul>
    </Section>
  );
}
