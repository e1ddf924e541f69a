import { Link } from 'react-router';
import { listIterations } from '../../../../src/api/endpoints/iterations.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { Answered } from '../../states/answered.tsx';
import { AttentionSection } from './attention-section.tsx';
import { AwaySection } from './away-section.tsx';
import { sortRunning } from './sort-running.ts';
import { RunningSection } from './running-section.tsx';

/** More running iterations than fit a look; the list of all has the rest. */
const MOST_SHOWN = 200;

/** What needs a person first, then who is away, then what runs and whom it waits for. */
export function OverviewPage() {
  const running = useAnswer(listIterations, { query: { state: 'running', limit: MOST_SHOWN } });
  return (
    <>
      <PageHeader title="Overview" actions={<Link to="/iterations">All iterations</Link>} />
      <Answered query={running} what="what runs">
        {({ iterations, next }) => {
          const { decisions, away, others } = sortRunning(iterations);
          return (
            <>
              <AttentionSection rows={decisions} />
              {away.length === 0 ? null : <AwaySection rows={away} />}
              <RunningSection rows={others} hasMore={next !== null} />
            </>
          );
        }}
      </Answered>
    </>
  );
}
