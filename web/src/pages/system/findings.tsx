import type { z } from 'zod';
import type { findingGroup } from '../../../../src/api/endpoints/system.ts';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { Tone } from '../../theme/tone.ts';

type Group = z.output<typeof findingGroup>;

const LEVELS: Readonly<Record<Group['findings'][number]['level'], readonly [Tone, string]>> = {
  problem: ['bad', 'Problem'],
  warning: ['attention', 'Warning'],
  ok: ['good', 'Good'],
};

/** What was found out about one thing, each with what to do about it. */
export function Findings({ group: { title, findings } }: { readonly group: Group }) {
  return (
    <Section title={title.charAt(0).toUpperCase() + title.slice(1)}>
      <ul className="findings">
        {findings.map(({ level, message, action }) => {
          const [tone, word] = LEVELS[level];
          return (
            <li key={message}>
              <StatusBadge tone={tone}>{word}</StatusBadge>
              <div>
                <div>{message}</div>
                {action === null ? null : <div className="finding-action">{action}</div>}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
