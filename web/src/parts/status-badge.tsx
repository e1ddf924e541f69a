import { Icon } from '../icons/icon.tsx';
import type { Tone } from '../theme/tone.ts';

/** A state: its word, with the icon and colour of its tone. */
export function StatusBadge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className="status-badge" data-tone={tone}>
      <Icon name={tone} size={14} />
      {children}
    </span>
  );
}
