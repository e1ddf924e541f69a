import { Group, NumberInput, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { UNIT_MS, type FormProblems, type ScheduleForm } from './schedule-form.ts';

interface Props {
  readonly form: ScheduleForm;
  readonly problems: FormProblems;
  readonly onChange: (part: Partial<ScheduleForm>) => void;
}

/** When a schedule asks: at times as cron writes them, or at an interval. */
export function TimesFields({ form, problems, onChange }: Props) {
  return (
    <Stack gap="sm" align="flex-start">
      <SegmentedControl
        aria-label="Kind of times"
        value={form.kind}
        onChange={(kind) => onChange({ kind: kind === 'interval' ? 'interval' : 'cron' })}
        data={[
          { value: 'cron', label: 'At certain times' },
          { value: 'interval', label: 'At an interval' },
        ]}
      />
      {form.kind === 'cron' ? (
        <CronFields form={form} problems={problems} onChange={onChange} />
      ) : (
        <IntervalFields form={form} problems={problems} onChange={onChange} />
      )}
    </Stack>
  );
}

function CronFields({ form, problems, onChange }: Props) {
  return (
    <Group align="flex-start">
      <Textarea
        label="Times"
        description="Minute, hour, day, month, day of the week: 0 8 * * MON-FRI is 08:00 on working days."
        autosize
        value={form.cron}
        error={problems.cron}
        onChange={({ currentTarget }) => onChange({ cron: currentTarget.value })}
      />
      <TextInput
        label="Time zone"
        description="Daylight saving time included."
        value={form.timeZone}
        error={problems.timeZone}
        onChange={({ currentTarget }) => onChange({ timeZone: currentTarget.value })}
      />
    </Group>
  );
}

const isUnit = (text: string): text is ScheduleForm['unit'] => Object.hasOwn(UNIT_MS, text);

function IntervalFields({ form, problems, onChange }: Props) {
  return (
    <Group align="flex-start">
      <NumberInput
        label="Every"
        min={1}
        value={form.every}
        error={problems.every}
        onChange={(value) => onChange({ every: Number(value) })}
      />
      <Select
        label="Unit"
        allowDeselect={false}
        value={form.unit}
        data={Object.keys(UNIT_MS)}
        onChange={(unit) => {
          if (unit !== null && isUnit(unit)) onChange({ unit });
        }}
      />
    </Group>
  );
}
