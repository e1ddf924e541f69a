import { useMemo } from 'react';
import { OutsideLink } from '../../../parts/outside-link.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { Actions } from '../steering/actions.tsx';
import { placeOf, projectUrl, resultsOf, type IterationView } from '../view-facts.ts';

/** Which iteration this is, where it is in CVAT, and what can be done about it at any time. */
export function IterationHead({ view }: { readonly view: IterationView }) {
  const { project, task, connection } = useMemo(() => placeOf(view.id), [view.id]);
  const results = resultsOf(view);
  const inCvat = [
    ['Project', projectUrl(results)],
    ['Task', results.task?.url ?? null],
  ] as const;
  return (
    <PageHeader title={`${project} / ${task}${roundOf(view.id)}`} actions={<Actions view={view} which="others" />}>
      <span className="iteration-place">
        <code>{view.id}</code>
        {connection === 'default' ? null : <span>connection {connection}</span>}
        {inCvat.map(([what, url]) =>
          url === null ? null : (
            <OutsideLink key={what} to={url}>
              {what} in CVAT
            </OutsideLink>
          ),
        )}
      </span>
    </PageHeader>
  );
}

/** `, round 2` of a task that another iteration was done with before. */
function roundOf(id: string): string {
  const [, round] = /~(\d+)$/.exec(id) ?? [];
  return round === undefined ? '' : `, round ${round}`;
}
