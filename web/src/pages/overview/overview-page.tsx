import { listIterations } from '../../../../src/api/endpoints/iterations.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { Answered } from '../../states/answered.tsx';
import { IterationTable } from './iteration-table.tsx';
import { Section } from '../../parts/section.tsx';

/** What needs a person, what runs, and what is done. */
export function OverviewPage() {
  const running = useAnswer(listIterations, { query: { state: 'running', limit: 200 } });
  return (
    <>
      <PageHeader title="Overview" />
      <Section title="Running">
        <Answered query={running} what="what runs">
          {({ iterations }) => <IterationTable label="Running iterations" rows={iterations} />}
        </Answered>
      </Section>
    </>
  );
}
