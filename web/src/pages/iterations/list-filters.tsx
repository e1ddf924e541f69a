import { NativeSelect, TextInput } from '@mantine/core';
import { STEPS, WAITING_FOR } from '../../../../src/contracts/iteration.ts';
import { stepWord } from '../../words/steps.ts';
import { WAITING_WORDS } from '../../words/waiting.ts';
import { DueBefore } from './due-before.tsx';

interface ListFiltersProps {
  readonly search: URLSearchParams;
  readonly onChange: (name: string, value: string) => void;
}

const CHOICES = [
  [
    'state',
    'State',
    [
      ['', 'Any state'],
      ['running', 'Running'],
      ['done', 'Done'],
    ],
  ],
  ['step', 'Step', [['', 'Any step'], ...STEPS.map((step) => [step, stepWord(step)])]],
  ['waitingFor', 'Waits for', [['', 'Anything'], ...WAITING_FOR.map((what) => [what, WAITING_WORDS[what].word])]],
  [
    'attention',
    'Decision',
    [
      ['', 'Any'],
      ['true', 'Needed'],
      ['false', 'Not needed'],
    ],
  ],
] as const;

const TEXTS = [
  ['project', 'Project'],
  ['person', 'Person in CVAT'],
] as const;

/** What the list is narrowed to; all of it has to hold. A text holds once it is left, or Enter is pressed. */
export function ListFilters({ search, onChange }: ListFiltersProps) {
  return (
    <search className="filters">
      {CHOICES.map(([name, label, choices]) => (
        <NativeSelect
          key={name}
          label={label}
          value={search.get(name) ?? ''}
          onChange={({ currentTarget }) => onChange(name, currentTarget.value)}
          data={choices.map(([value = '', text = '']) => ({ value, label: text }))}
        />
      ))}
      {TEXTS.map(([name, label]) => (
        <TextInput
          // A changed address changes what stands there.
          key={`${name} ${search.get(name) ?? ''}`}
          label={label}
          defaultValue={search.get(name) ?? ''}
          onBlur={({ currentTarget }) => changed(search, name, currentTarget.value, onChange)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') changed(search, name, currentTarget.value, onChange);
          }}
        />
      ))}
      <DueBefore value={search.get('deadlineBefore')} onChange={(iso) => onChange('deadlineBefore', iso)} />
    </search>
  );
}

function changed(search: URLSearchParams, name: string, value: string, onChange: ListFiltersProps['onChange']): void {
  const text = value.trim();
  if (text !== (search.get(name) ?? '')) onChange(name, text);
}
