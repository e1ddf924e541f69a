import type { Facts } from '../../contracts/error.ts';
import { formatTable } from './table.ts';

/** Facts as aligned lines, name before value; what is null is left out. */
export function formatFacts(facts: Facts): string {
  const shown = Object.entries(facts).filter(([, value]) => value !== null);
  return formatTable(
    shown.map(([name, value]) => [`  ${name}`, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
