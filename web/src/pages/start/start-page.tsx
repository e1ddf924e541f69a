import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { PageHeader } from '../../parts/page-header.tsx';
import { Section } from '../../parts/section.tsx';
import { useMay } from '../../session/principal.tsx';
import { useAddress } from '../../shell/use-address.ts';
import { EmptyState } from '../../states/empty-state.tsx';
import { DataFields } from './data-fields.tsx';
import { PlaceFields } from './place-fields.tsx';
import { StartPlan } from './start-plan.tsx';
import { connectionOf, type StartForm } from './start-form.ts';
import { useClasses } from './use-classes.ts';

/** What changes less often than so is planned anew, in milliseconds. */
const SETTLED_MS = 500;

/** Fields that the address of the page holds, so that it can be passed on. */
const IN_ADDRESS = ['connection', 'project', 'task', 'model'] as const;

/** Starts an iteration, after it has shown what that does. */
export function StartPage() {
  const mayStart = useMay('operator');
  const [read, change] = useAddress();
  const [form, setForm] = useState<StartForm>(() => ({
    connection: read('connection') ?? 'default',
    project: read('project') ?? '',
    task: read('task') ?? '',
    model: read('model') ?? '',
    source: 'masks',
    masks: null,
    images: null,
    trains: true,
    createProject: false,
    people: '',
    segmentSize: null,
  }));
  const [settled] = useDebouncedValue(form, SETTLED_MS);
  const classes = useClasses(connectionOf(settled), settled.project.trim());
  if (!mayStart) {
    return (
      <>
        <PageHeader title="Start an iteration" />
        <EmptyState title="You may look, and not start.">Ask an operator, or for the role of one.</EmptyState>
      </>
    );
  }
  const set = (part: Partial<StartForm>): void => {
    setForm((before) => ({ ...before, ...part }));
    for (const name of IN_ADDRESS)
      if (part[name] !== undefined) change({ [name]: part[name] === '' ? null : part[name] });
  };
  return (
    <>
      <PageHeader title="Start an iteration">
        Masks become pre-annotations in CVAT; people correct them; a model learns from what they corrected
      </PageHeader>
      <Section title="Where">
        <PlaceFields form={form} onChange={set} />
      </Section>
      <Section title="What">
        <DataFields form={form} classes={classes} onChange={set} />
      </Section>
      <StartPlan form={settled} categories={classes.ref} isSettled={settled === form} />
    </>
  );
}
