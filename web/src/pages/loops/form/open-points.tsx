import { sentence } from './field-schema.ts';
import { FIELDS } from './sections.ts';
import type { TextProblem } from './text-problems.ts';

const isMissing = ({ problem }: TextProblem): boolean => problem === 'is missing';

/** What is missing or wrong, by the labels of the form: also where a field is folded away or nobody has been yet. */
export function OpenPoints({ problems }: { readonly problems: readonly TextProblem[] }) {
  const missing = problems.filter(isMissing);
  const wrong = problems.filter((one) => !isMissing(one));
  return (
    <output className="open-points">
      {missing.length === 0 ? null : (
        <span>
          <strong>Still to be said:</strong> {[...new Set(missing.map(({ path }) => labelOf(path)))].join(', ')}.
        </span>
      )}
      {wrong.map(({ path, problem }) => (
        <span key={`${path} ${problem}`}>
          <strong>{labelOf(path)}:</strong> {sentence(problem)}
        </span>
      ))}
    </output>
  );
}

/** The label of the field that a path belongs to; the path itself where none is nearer. */
function labelOf(path: string): string {
  const near = FIELDS.filter((field) =>
    [field.path, ...(field.besides ?? [])].some((own) => path === own || path.startsWith(`${own}.`)),
  ).toSorted((a, b) => b.path.length - a.path.length);
  return near[0]?.label ?? SECTION_WORDS[path] ?? (path === '' ? 'The text' : path);
}

/** Where all of a section is missing, one of its fields is what has to be said. */
const SECTION_WORDS: Readonly<Record<string, string>> = { pool: 'Images', batch: 'Batch size', training: 'Model' };
