import type { IterationPlan } from '../../../../src/contracts/plan.ts';
import { WithCode } from '../../parts/with-code.tsx';
import { whatToDo } from '../../words/what-to-do/what-to-do.ts';

interface Props {
  readonly troubles: IterationPlan['troubles'];
  readonly later: NonNullable<IterationPlan['later']>;
}

/** What keeps a start from working, and what has to be there when people are done; each with what to do. */
export function PlanTroubles({ troubles, later }: Props) {
  if (troubles.length + later.length === 0) return null;
  return (
    <div className="section-body plan-troubles">
      {[...troubles, ...later].map((trouble, at) => (
        <div key={`${trouble.code} ${trouble.message}`} className="problem-note" data-code={trouble.code}>
          <p className="problem-title">{trouble.message}</p>
          {at < troubles.length ? null : (
            <p>This keeps nothing from starting; it has to be mended until people are done.</p>
          )}
          {trouble.cvat === null ? null : <p>CVAT would say: {trouble.cvat}</p>}
          <p className="problem-action">
            <WithCode text={whatToDo(trouble.code, trouble.action)} />
          </p>
        </div>
      ))}
    </div>
  );
}
