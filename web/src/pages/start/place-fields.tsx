import { Checkbox, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { usePrincipal } from '../../session/principal.tsx';
import type { StartForm } from './start-form.ts';

export interface FieldsProps {
  readonly form: StartForm;
  readonly onChange: (part: Partial<StartForm>) => void;
}

/** In which project and task, and who works on it. */
export function PlaceFields({ form, onChange }: FieldsProps) {
  const { connections } = usePrincipal();
  const text = (name: 'connection' | 'project' | 'task' | 'people') => ({
    value: form[name],
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [name]: currentTarget.value }),
  });
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
      <Checkbox
        label="Make the project, and labels that it lacks, where they are not there"
        checked={form.createProject}
        onChange={({ currentTarget }) => onChange({ createProject: currentTarget.checked })}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput label="People" description="User names in CVAT, with commas between." {...text('people')} />
        <NumberInput
          label="Frames a job"
          description="Of a task that is made; empty for one job."
          min={1}
          value={form.segmentSize ?? ''}
          onChange={(value) => onChange({ segmentSize: value === '' ? null : Math.max(1, Math.round(Number(value))) })}
        />
      </SimpleGrid>
    </Stack>
  );
}
