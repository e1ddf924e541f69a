import { Radio, Stack } from '@mantine/core';
import { OVERLAPS, type Overlap } from '../../../../src/contracts/schedule.ts';
import { OVERLAP_WORDS } from './times-words.ts';

interface Props {
  readonly overlap: Overlap;
  readonly onChange: (overlap: Overlap) => void;
}

/** What becomes of a time while an iteration of the loop runs. */
export function OverlapChoice({ overlap, onChange }: Props) {
  return (
    <Radio.Group
      label="When an iteration of the loop runs at that time"
      value={overlap}
      onChange={(value) => onChange(OVERLAPS.find((one) => one === value) ?? 'skip')}
    >
      <Stack gap="xs" mt="xs">
        {OVERLAPS.map((one) => (
          <Radio key={one} value={one} label={OVERLAP_WORDS[one]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
