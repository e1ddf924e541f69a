import { HeldList } from '../../holds/held-list.tsx';
import { useHolds } from '../../holds/use-holds.ts';
import { Section } from '../../parts/section.tsx';

/** Servers that are held for maintenance; nothing where none is, or while that is not known. */
export function HeldSection() {
  const { data } = useHolds();
  if (data === undefined || data.holds.length === 0) return null;
  return (
    <Section title="Held for maintenance" count={data.holds.length}>
      <HeldList holds={data.holds} />
    </Section>
  );
}
