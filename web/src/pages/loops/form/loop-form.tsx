import { useState } from 'react';
import { fieldSchema } from './field-schema.ts';
import { FieldInput } from './field-input.tsx';
import { FormContext, type FormState } from './form-state.ts';
import { SECTIONS } from './sections.ts';
import type { FieldSection } from './field.ts';
import type { TextProblem } from './text-problems.ts';
import { valueAt, withValue } from './yaml-values.ts';

/** Without anything in it, it still says that people are told. */
const KEEPS: ReadonlySet<string> = new Set(['notify']);

interface Props {
  readonly text: string;
  /** What the text holds. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly TextProblem[];
  readonly isEdit: boolean;
  readonly onChange: (text: string) => void;
}

/** A text as a form. What is changed here is changed in the text, and nothing else of it. */
export function LoopForm({ text, values, problems, isEdit, onChange }: Props) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const changeAll: FormState['changeAll'] = (changes) => {
    onChange(changes.reduce((before, [path, value]) => withValue(before, path.split('.'), value, KEEPS), text));
  };
  const form: FormState = {
    values,
    get: (path) => valueAt(values, path.split('.')) ?? fieldSchema(path.split('.')).usual,
    problems,
    isEdit,
    change: (path, value) => changeAll([[path, value]]),
    changeAll,
    isTouched: (path) => touched.has(path),
    touch: (path) => setTouched((before) => (before.has(path) ? before : new Set([...before, path]))),
  };
  return (
    <FormContext.Provider value={form}>
      {SECTIONS.map((section) => (
        <FormPart
          key={section.title}
          section={section}
          isSaid={section.fields.some(({ path }) => isSaid(values, path))}
        />
      ))}
    </FormContext.Provider>
  );
}

function isSaid(values: unknown, path: string): boolean {
  return valueAt(values, path.split('.')) !== undefined;
}

/** Fields that belong together; closed at first where nothing of it is said and little depends on it. */
function FormPart({ section, isSaid: isUsed }: { readonly section: FieldSection; readonly isSaid: boolean }) {
  const [isOpen, setOpen] = useState(section.isOpen === true || isUsed);
  const { title, about, fields } = section;
  return (
    <details className="form-section" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <span className="form-title">{title}</span> <span className="dimmed">{about}</span>
      </summary>
      {isOpen ? (
        <div className="form-grid">
          {fields.map((field) => (
            <FieldInput key={field.path} field={field} />
          ))}
        </div>
      ) : null}
    </details>
  );
}
