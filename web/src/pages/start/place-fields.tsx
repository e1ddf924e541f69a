import { Checkbox, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { usePrincipal } from '../../session/principal.tsx';
import { FIELD_ORDER } from './field-order.ts';
import type { FieldProblems } from './field-problems.ts';
import type { StartForm } from './start-form.ts';

export interface FieldsProps {
  readonly form: StartForm;
  readonly onChange: (part: Partial<StartForm>) => void;
}

/** The same, with what is wrong. */
export interface CheckedFieldsProps extends FieldsProps {
  readonly problems: FieldProblems;
}

/** In which project and task, and who works on it. */
export function PlaceFields({ form, problems, onChange }: CheckedFieldsProps) {
  const { connections } = usePrincipal();
  const text = (name: 'connection' | 'project' | 'task' | 'people') => ({
    value: form[name],
    inputWrapperOrder: [...FIELD_ORDER],
    error: problems[name]?.join(' ') ?? null,
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [name]: currentTarget.value }),
  });
  const isObserved = form.source === 'as-is';
  return (
    <Stack className="section-body" gap="md">
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput label="Project in CVAT" {...text('project')} />
        <TextInput label="Task" {...text('task')} />
        <TextInput
          label="Connection"
          description={connections === null ? undefined : `You may use ${connections.join(', ')}.`}
          {...text('connection')}
        />
      </SimpleGrid>
      {isObserved ? null : (
        <>
          <Checkbox
            label="Make the project, and labels that it lacks, where they are not there"
            checked={form.createProject}
            onChange={({ currentTarget }) => onChange({ createProject: currentTarget.checked })}
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              className="two-columns"
              label="People"
              description="User names in CVAT, with commas between; they are given the jobs that nobody has."
              {...text('people')}
            />
            <NumberInput
              label="Frames a job"
              description="Of a task that is made; empty for one job."
              inputWrapperOrder={[...FIELD_ORDER]}
              min={1}
              value={form.segmentSize ?? ''}
              onChange={(value) =>
                onChange({ segmentSize: value === '' ? null : Math.max(1, Math.round(Number(value))) })
              }
            />
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
