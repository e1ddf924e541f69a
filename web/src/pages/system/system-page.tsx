import { inspectSystem, mendSystem, readWorkers } from '../../../../src/api/endpoints/system.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Section } from '../../parts/section.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useChange } from '../../requests/use-change.ts';
import { useMay, useSeesAll } from '../../session/principal.tsx';
import { Answered } from '../../states/answered.tsx';
import { Moment } from '../../time/moment.tsx';
import { Findings } from './findings.tsx';
import { Maintenance } from './maintenance.tsx';
import { ToDo } from './to-do.tsx';
import { withoutHolds } from './without-holds.ts';
import { Workers } from './workers.tsx';

/** No event tells of servers, so the page looks again, in milliseconds. A look asks all of them. */
const LOOK_EVERY_MS = 60_000;

/** Whether everything that iterations need is there: first what is wrong and what to do, then all that was looked at. */
export function SystemPage() {
  const system = useAnswer(inspectSystem, {}, { everyMs: LOOK_EVERY_MS });
  const workers = useAnswer(readWorkers, {}, { everyMs: LOOK_EVERY_MS / 4 });
  const lookedAt = system.dataUpdatedAt;
  const who = (
    <Section title="Workers">
      <Answered query={workers} what="who asks for work">
        {(pollers) => <Workers pollers={pollers} />}
      </Answered>
    </Section>
  );
  return (
    <>
      <PageHeader title="System" actions={<MendButton />}>
        Temporal, workers and servers, as seen from the server and from a worker
        {lookedAt === 0 ? null : (
          <>
            ; looked at <Moment at={new Date(lookedAt).toISOString()} />
          </>
        )}
      </PageHeader>
      <Answered query={system} what="what the servers say; one that is away takes some seconds">
        {({ groups: all }) => {
          const { groups, isHeld } = withoutHolds(all);
          return (
            <>
              <ToDo groups={groups} isHeld={isHeld} />
              <Maintenance lookedAt={all.flatMap(({ connections = [] }) => connections)} />
              {who}
              <div className="columns">
                {groups.map((group) => (
                  <Findings key={group.title} group={group} />
                ))}
              </div>
            </>
          );
        }}
      </Answered>
    </>
  );
}

/** For operators of all connections: registers what is missing. */
function MendButton() {
  const mend = useChange(mendSystem);
  const mayMend = useMay('operator');
  if (!useSeesAll() || !mayMend) return null;
  return (
    <ConfirmButton
      label="Mend what can be mended"
      does="Registers search attributes that Temporal lacks, and looks at everything again. Nothing else is changed."
      onConfirm={async () => mend.mutateAsync({ body: { connection: null, project: null } })}
    />
  );
}
