import { NativeSelect, TextInput } from '@mantine/core';
import { FRAME_ORDERS } from './frame-row.ts';
import { KINDS, type FrameSearch } from './frame-search.ts';

const KIND_WORDS: Readonly<Record<FrameSearch['kind'], string>> = {
  all: 'All frames',
  changed: 'Changed by people',
  compared: 'Compared',
  deleted: 'Deleted in CVAT',
  excluded: 'Excluded from training',
  heldOut: 'Held out',
};

const ORDER_WORDS: Readonly<Record<FrameSearch['order'], string>> = {
  disagreement: 'Most changed first',
  name: 'By name',
  number: 'By number in the task',
};

interface FrameFilterProps {
  readonly search: FrameSearch;
  readonly onChange: (change: Partial<FrameSearch>) => void;
}

/** Which frames are listed, and in which order. */
export function FrameFilter({ search, onChange }: FrameFilterProps) {
  // Another list begins at its beginning.
  const first = { from: 0, frame: null };
  return (
    <div className="frame-filter">
      <NativeSelect
        label="Frames"
        size="xs"
        value={search.kind}
        data={KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
        onChange={({ currentTarget: { value } }) => {
          onChange({ ...first, kind: KINDS.find((one) => one === value) ?? 'all' });
        }}
      />
      <NativeSelect
        label="Order"
        size="xs"
        value={search.order}
        data={FRAME_ORDERS.map((value) => ({ value, label: ORDER_WORDS[value] }))}
        onChange={({ currentTarget: { value } }) => {
          onChange({ ...first, order: FRAME_ORDERS.find((one) => one === value) ?? 'disagreement' });
        }}
      />
      <TextInput
        label="Name has"
        size="xs"
        value={search.name}
        onChange={({ currentTarget: { value } }) => onChange({ ...first, name: value })}
      />
    </div>
  );
}
