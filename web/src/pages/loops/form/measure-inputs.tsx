import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { DURATION } from '../../../../../src/notation/duration.ts';
import type { ControlProps } from './control-props.ts';
import { useDraft } from './use-draft.ts';

const UNITS: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' };

interface Span {
  readonly count: string;
  readonly unit: string;
}

/** A duration: how many of which unit. */
export function DurationControl({ label, help, usual, value, error, isDisabled, onChange }: ControlProps<'duration'>) {
  const usually = spanOf(usual, 'd');
  const [draft, setDraft] = useDraft(value, (given) => spanOf(given, usually.unit), writeSpan);
  const change = (part: Partial<Span>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(writeSpan(next));
  };
  const isNone = draft.count.trim() !== '' && writeSpan(draft) === undefined;
  const units = Object.hasOwn(UNITS, draft.unit) ? UNITS : { ...UNITS, [draft.unit]: draft.unit };
  const unit = (
    <NativeSelect
      aria-label={`Unit of: ${label}`}
      disabled={isDisabled}
      data={Object.entries(units).map(([name, word]) => ({ value: name, label: word }))}
      value={draft.unit}
      onChange={({ currentTarget }) => change({ unit: currentTarget.value })}
    />
  );
  return (
    <TextInput
      label={label}
      description={help}
      error={isNone ? 'This is no number.' : error}
      disabled={isDisabled}
      inputMode="decimal"
      placeholder={usually.count}
      value={draft.count}
      onChange={({ currentTarget }) => change({ count: currentTarget.value })}
      inputContainer={(input) => withUnit(input, unit)}
    />
  );
}

function withUnit(input: ReactNode, unit: ReactNode) {
  return (
    <div className="with-unit">
      {input}
      {unit}
    </div>
  );
}

function spanOf(value: unknown, unit: string): Span {
  const [, count = '', given = unit] = DURATION.exec(typeof value === 'string' ? value : '') ?? [];
  return { count, unit: given };
}

function writeSpan({ count, unit }: Span): string | undefined {
  const text = `${count.trim()}${unit}`;
  return DURATION.test(text) ? text : undefined;
}

const WHEN = {
  state: 'All jobs are completed (default)',
  acceptance: 'All jobs are accepted',
  fraction: 'A share of the frames is in completed jobs',
} as const;

/** When people are done. */
export function CompletionControl({ label, help, value, error, isDisabled, onChange }: ControlProps<'completion'>) {
  const given = typeof value === 'string' ? value : 'state';
  const [rule = 'state', share = ''] = given.split('=');
  return (
    <div>
      <NativeSelect
        label={label}
        description={help}
        error={rule === 'fraction' ? null : error}
        disabled={isDisabled}
        data={Object.entries(WHEN).map(([word, meaning]) => ({ value: word, label: meaning }))}
        value={rule}
        onChange={({ currentTarget: { value: word } }) => {
          onChange(word === 'state' ? undefined : word === 'fraction' ? 'fraction=0.9' : word);
        }}
      />
      {rule === 'fraction' ? (
        <TextInput
          mt={6}
          aria-label={`${label}: share`}
          inputMode="decimal"
          error={error}
          disabled={isDisabled}
          value={share}
          onChange={({ currentTarget }) => {
            if (/^\d*\.?\d*$/.test(currentTarget.value)) onChange(`fraction=${currentTarget.value}`);
          }}
        />
      ) : null}
    </div>
  );
}
