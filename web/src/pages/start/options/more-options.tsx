import { Accordion, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import type { FieldsProps } from '../place-fields.tsx';
import { HeldOutFields } from './held-out-fields.tsx';
import { OPTION_GROUPS, shownFields, type OptionGroup } from './option-fields.ts';
import { OptionInput } from './option-input.tsx';
import { OPTION_DEFAULTS, type OptionProblems } from './option-texts.ts';

interface Props extends FieldsProps {
  /** What is wrong as it was typed, or as the plan has found. */
  readonly problems: OptionProblems;
}

/** Everything else that a start may say: closed, with good defaults; a group says how many of its fields are others. */
export function MoreOptions(props: Props) {
  const { form, problems } = props;
  const [open, setOpen] = useState<readonly string[]>([]);
  const groups = OPTION_GROUPS.filter(({ isShown }) => isShown?.(form) ?? true);
  // What is wrong is not hidden.
  const wrong = groups.filter((group) => shownFields(group, form).some(({ name }) => problems[name] !== undefined));
  const shown = [...new Set([...open, ...wrong.map(({ id }) => id)])];
  return (
    <Accordion multiple variant="default" order={3} value={shown} onChange={setOpen} className="more-options">
      {groups.map((group) => (
        <Accordion.Item key={group.id} value={group.id}>
          <Accordion.Control>
            <span className="option-title">{group.title}</span>
            <span className="dimmed">{aboutGroup(group, props)}</span>
          </Accordion.Control>
          <Accordion.Panel>
            <GroupFields group={group} {...props} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function GroupFields({ group, form, problems, onChange }: Props & { readonly group: OptionGroup }) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
        {shownFields(group, form).map((field) => (
          <OptionInput
            key={field.name}
            field={field}
            text={form.options[field.name]}
            problem={problems[field.name] ?? null}
            onChange={(text) => onChange({ options: { ...form.options, [field.name]: text } })}
          />
        ))}
      </SimpleGrid>
      {group.id === 'held-out' ? <HeldOutFields form={form} onChange={onChange} /> : null}
    </>
  );
}

function aboutGroup(group: OptionGroup, { form }: Props): string {
  const changed = shownFields(group, form).filter(({ name }) => form.options[name] !== OPTION_DEFAULTS[name]).length;
  return changed === 0 ? group.about : `${changed} changed`;
}
