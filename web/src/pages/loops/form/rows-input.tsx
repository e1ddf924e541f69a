import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ControlProps } from './control-props.ts';
import type { Column, Row } from './field.ts';
import { useDraft } from './use-draft.ts';

/** Lines of a list, each with some inputs. A line that is not complete says nothing yet. */
export function RowsControl({ control, label, help, usual, value, error, isDisabled, onChange }: ControlProps<'rows'>) {
  const { shape } = control;
  const usually = usual === undefined ? [] : (shape.read(usual) ?? []);
  const read = (given: unknown): readonly Row[] => (given === undefined ? usually : (shape.read(given) ?? []));
  const write = (rows: readonly Row[]): unknown => {
    const written = shape.write(rows);
    return JSON.stringify(written) === JSON.stringify(usual) ? undefined : written;
  };
  const [rows, setRows] = useDraft(value, read, write);
  const change = (next: readonly Row[]): void => {
    setRows(next);
    onChange(write(next));
  };
  const withCell = (at: number, key: string, cell: string): readonly Row[] =>
    rows.map((row, index) => (index === at ? { ...row, [key]: cell } : row));
  return (
    <fieldset className="rows" disabled={isDisabled}>
      <legend>{label}</legend>
      <p className="dimmed help">{help}</p>
      {rows.map((row, at) => (
        <div className="rows-line" key={at}>
          {shape.columns.map((column) => (
            <Cell
              key={column.key}
              column={column}
              label={`${column.label}, ${shape.one} ${at + 1}`}
              value={row[column.key] ?? ''}
              onChange={(cell) => change(withCell(at, column.key, cell))}
            />
          ))}
          <Button
            variant="default"
            aria-label={`Take away ${shape.one} ${at + 1}`}
            onClick={() => change(rows.filter((_, index) => index !== at))}
          >
            Take away
          </Button>
        </div>
      ))}
      {error === null ? null : (
        <p className="rows-error" role="alert">
          {error}
        </p>
      )}
      <Button variant="default" onClick={() => setRows([...rows, emptyRow(shape.columns)])}>
        Add a {shape.one}
      </Button>
    </fieldset>
  );
}

function emptyRow(columns: readonly Column[]): Row {
  return Object.fromEntries(columns.map(({ key, words }) => [key, words?.[0] ?? '']));
}

interface CellProps {
  readonly column: Column;
  readonly label: string;
  readonly value: string;
  readonly onChange: (cell: string) => void;
}

function Cell({ column: { label: title, words, example = '', isLong }, label, value, onChange }: CellProps) {
  const props = {
    label: title,
    'aria-label': label,
    value,
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange(currentTarget.value),
  };
  if (words !== undefined) return <NativeSelect {...props} data={[...words]} />;
  const hint = example === '' ? '' : `e.g. ${example}`;
  return isLong === true ? (
    <Textarea {...props} autosize placeholder={hint} />
  ) : (
    <TextInput {...props} placeholder={hint} />
  );
}
