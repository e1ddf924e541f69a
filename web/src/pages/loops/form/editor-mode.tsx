import { SegmentedControl } from '@mantine/core';

/** How a text is written. */
export type EditorMode = 'form' | 'text';

interface Props {
  readonly mode: EditorMode;
  /** Why the form cannot show the text; null where it can. */
  readonly why: string | null;
  readonly onChange: (mode: EditorMode) => void;
}

/** Form or text. Both are the same text; where the form would lose something of it, it says so and the text stays. */
export function ModeSwitch({ mode, why, onChange }: Props) {
  const isStuck = why !== null;
  return (
    <div>
      <SegmentedControl
        aria-label="How to write"
        value={isStuck ? 'text' : mode}
        onChange={(value) => onChange(value === 'text' ? 'text' : 'form')}
        data={[
          { value: 'form', label: 'Form', disabled: isStuck },
          { value: 'text', label: 'YAML text' },
        ]}
      />
      {isStuck ? (
        <output className="form-why">The form would lose something, so this stays a text. {why}</output>
      ) : null}
    </div>
  );
}
