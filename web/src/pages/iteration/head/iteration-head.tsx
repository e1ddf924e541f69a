import { useMemo } from 'react';
import { Icon } from '../../../icons/icon.tsx';
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
            <a key={what} href={url} target="_blank" rel="noreferrer">
              {what} in CVAT <Icon name="outside" size={12} />
            </a>
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
