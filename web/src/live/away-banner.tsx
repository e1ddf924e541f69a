import { useEffect, useState } from 'react';
import { Icon } from '../icons/icon.tsx';
import { formatClock } from '../time/format-time.ts';
import { useLive } from './live-updates.tsx';

/** How long it is said that the server is back, in milliseconds. */
const BACK_MS = 6000;

/** Says over all pages who does not answer; and when they are back, for a moment. Screen readers hear both. */
export function AwayBanner() {
  const { serverAwaySince, temporalAwaySince } = useLive();
  const text =
    serverAwaySince === null
      ? temporalAwaySince === null
        ? null
        : `Temporal does not answer since ${formatClock(temporalAwaySince)}. Iterations go on once it is back; what you see may be from before. Trying again …`
      : `The server does not answer since ${formatClock(serverAwaySince)}. What you see is from then; trying again …`;
  const isBack = useJustBack(text !== null);
  return (
    <output className="away-banner" data-tone={text === null ? 'good' : 'attention'}>
      {text === null && !isBack ? null : (
        <span className="away-words">
          <Icon name={text === null ? 'good' : 'away'} />
          <span>{text ?? 'All answer again. What you see is up to date.'}</span>
        </span>
      )}
    </output>
  );
}

/** True for a while after somebody was away. */
function useJustBack(isAway: boolean): boolean {
  const [wasAway, setWasAway] = useState(isAway);
  if (isAway && !wasAway) setWasAway(true);
  useEffect(() => {
    if (isAway || !wasAway) return undefined;
    const timer = setTimeout(() => setWasAway(false), BACK_MS);
    return () => clearTimeout(timer);
  }, [isAway, wasAway]);
  return wasAway && !isAway;
}
