import { Button, Checkbox, Group, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { createSchedule } from '../../../../src/api/endpoints/schedules.ts';
import { Section } from '../../parts/section.tsx';
import { useChange } from '../../requests/use-change.ts';
import { ProblemNote } from '../../states/problem-note.tsx';
import { OverlapChoice } from './overlap-choice.tsx';
import { scheduleAddress } from './schedule-address.ts';
import { emptyForm, problemsOf, requestOf, type FormProblems, type ScheduleForm } from './schedule-form.ts';
import { TimesFields } from './times-fields.tsx';

interface FieldsProps {
  readonly form: ScheduleForm;
  readonly problems: FormProblems;
  readonly onChange: (part: Partial<ScheduleForm>) => void;
}

/** Makes the schedule of a loop, and goes to its page. */
export function NewSchedule({ onDone }: { readonly onDone: () => void }) {
  const [form, setForm] = useState(() => emptyForm(new Intl.DateTimeFormat().resolvedOptions().timeZone));
  const [isTried, setTried] = useState(false);
  const create = useChange(createSchedule);
  const go = useNavigate();
  const found = problemsOf(form);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(found).length > 0) return;
    const body = requestOf(form);
    await create.mutateAsync({ body });
    await go(scheduleAddress({ ...body.loop, loop: body.loop.name }));
  };
  const fields = { form, problems: isTried ? found : {}, onChange: (part: object) => setForm({ ...form, ...part }) };
  return (
    <Section title="New schedule">
      <form className="section-body" onSubmit={(event) => void submit(event).catch(() => undefined)} noValidate>
        <Stack gap="md">
          <LoopFields {...fields} />
          <TimesFields {...fields} />
          <OverlapChoice overlap={form.overlap} onChange={(overlap) => fields.onChange({ overlap })} />
          <MoreFields {...fields} />
          {create.error === null ? null : <ProblemNote error={create.error} />}
          <Group gap="xs">
            <Button type="submit" loading={create.isPending}>
              Make the schedule
            </Button>
            <Button variant="default" onClick={onDone}>
              Close
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

const NAMES = [
  ['project', 'Project in CVAT'],
  ['loop', 'Loop'],
  ['connection', 'Connection'],
] as const;

function LoopFields({ form, problems, onChange }: FieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {NAMES.map(([field, label]) => (
        <TextInput
          key={field}
          label={label}
          value={form[field]}
          error={problems[field]}
          onChange={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  );
}

function MoreFields({ form, onChange }: FieldsProps) {
  return (
    <>
      <NumberInput
        label="Up to so many minutes later by chance"
        description="So that not all schedules ask at once."
        min={0}
        w="18rem"
        value={form.jitterMin}
        onChange={(value) => onChange({ jitterMin: Number(value) })}
      />
      <Checkbox
        label="Begin paused"
        checked={form.paused}
        onChange={({ currentTarget }) => onChange({ paused: currentTarget.checked })}
      />
      <TextInput
        label="Note"
        value={form.note}
        onChange={({ currentTarget }) => onChange({ note: currentTarget.value })}
      />
    </>
  );
}
