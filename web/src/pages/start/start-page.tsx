import { useDebouncedValue } from '@mantine/hooks';
import { PageHeader } from '../../parts/page-header.tsx';
import { Section } from '../../parts/section.tsx';
import { useMay } from '../../session/principal.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { DataFields } from './data-fields.tsx';
import { optionPart } from './field-problems.ts';
import { MoreOptions } from './options/more-options.tsx';
import { PlaceFields } from './place-fields.tsx';
import { connectionOf } from './start-form.ts';
import './start.css';
import { StartPlan } from './start-plan.tsx';
import { TrainingFields } from './training-fields.tsx';
import { useClasses } from './use-classes.ts';
import { SentFilesContext, useSentFiles } from './use-sent-files.ts';
import { useStartForm } from './use-start-form.ts';
import { useStartPlan } from './use-start-plan.ts';

/** What changes less often than so is planned anew, in milliseconds. */
const SETTLED_MS = 500;

/** Starts an iteration, after it has shown what that does. */
export function StartPage() {
  return useMay('operator') ? (
    <StartForOperators />
  ) : (
    <>
      <PageHeader title="Start an iteration" />
      <EmptyState title="You may look, and not start.">Ask an operator, or for the role of one.</EmptyState>
    </>
  );
}

function StartForOperators() {
  const [form, set] = useStartForm();
  const [settled] = useDebouncedValue(form, SETTLED_MS);
  const [sent, sending] = useSentFiles();
  const classes = useClasses(connectionOf(settled), settled.project.trim(), sent);
  const plan = useStartPlan(settled, classes.ref, sent);
  const fields = { form, onChange: set, problems: plan.problems };
  return (
    <SentFilesContext value={sent}>
      <PageHeader title="Start an iteration">
        Masks become pre-annotations in CVAT; people correct them; a model learns from what they corrected
      </PageHeader>
      <div className="start-columns">
        <div>
          <Section title="Where and who">
            <PlaceFields {...fields} />
          </Section>
          <Section title="Pre-annotations and frames">
            <DataFields {...fields} classes={classes} />
          </Section>
          <Section title="Training">
            <TrainingFields {...fields} />
          </Section>
          <Section title="More options">
            <MoreOptions form={form} onChange={set} problems={optionPart(plan.problems)} />
          </Section>
        </div>
        <div className="start-plan">
          <StartPlan
            form={settled}
            categories={classes.ref}
            plan={plan}
            isSettled={settled === form}
            sent={sent}
            sending={sending}
          />
        </div>
      </div>
    </SentFilesContext>
  );
}
