import { StatusBadge } from '../../parts/status-badge.tsx';

/** Whether a schedule asks, and what somebody has noted about that. */
export function ScheduleState({ paused, note }: { readonly paused: boolean; readonly note: string }) {
  return (
    <div>
      <StatusBadge tone={paused ? 'quiet' : 'running'}>{paused ? 'Paused' : 'Asks'}</StatusBadge>
      {note === '' ? null : <div className="dimmed">{note}</div>}
    </div>
  );
}
