import { Link } from 'react-router';
import { listIterations } from '../../../../src/api/endpoints/iterations.ts';
import { listLoops } from '../../../../src/api/endpoints/loops.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { Answered } from '../../states/answered.tsx';
import { AttentionSection } from './attention-section.tsx';
import { AwaySection } from './away-section.tsx';
import { HeldSection } from './held-section.tsx';
import { LoopsSection } from './loops-section.tsx';
import { RunningSection } from './running-section.tsx';
import { sortRunning } from './sort-running.ts';
import { UndeliveredSection } from './undelivered-section.tsx';

/** More running iterations than fit a look; the list of all has the rest. */
const MOST_SHOWN = 200;

/** No event tells of a loop between two iterations, so that is asked, in milliseconds. */
const LOOPS_EVERY_MS = 30_000;

/** What needs a person first, then who is away, then what runs and whom it waits for, and loops. */
export function OverviewPage() {
  const running = useAnswer(listIterations, { query: { state: 'running', limit: MOST_SHOWN } });
  const loops = useAnswer(listLoops, {}, { everyMs: LOOPS_EVERY_MS });
  const asking = loops.data?.loops.filter(({ waitingFor }) => waitingFor === 'decision') ?? [];
  return (
    <>
      <PageHeader title="Overview" actions={<Link to="/iterations">All iterations</Link>} />
      <Answered query={running} what="what runs">
        {({ iterations }) => {
          const { decisions, away } = sortRunning(iterations);
          return (
            <>
              <AttentionSection iterations={decisions} loops={asking} />
              {away.length === 0 ? null : <AwaySection rows={away} />}
            </>
          );
        }}
      </Answered>
      {/* Both are known from the store, whether Temporal answers or not. */}
      <HeldSection />
      <UndeliveredSection />
      {running.data === undefined ? null : (
        <RunningSection rows={sortRunning(running.data.iterations).others} hasMore={running.data.next !== null} />
      )}
      <Answered query={loops} what="the loops">
        {({ loops: all }) => <LoopsSection loops={all} />}
      </Answered>
    </>
  );
}
