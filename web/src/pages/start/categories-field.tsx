import { Button, FileButton, Group } from '@mantine/core';
import { ProblemNote } from '../../states/problem-note.tsx';
import type { Classes } from './use-classes.ts';

interface Props {
  readonly classes: Classes;
  readonly project: string;
  /** What the plan finds wrong with them. */
  readonly problems: readonly string[];
}

/** What values of the masks mean: the labels of the project, or COCO's list of categories as a file. */
export function CategoriesField({ classes, project, problems }: Props) {
  const { fileName, error, takeFile, takeProject, ofProject } = classes;
  return (
    <fieldset className="folder-field">
      <legend>Classes</legend>
      <div className="dimmed">What the values of the masks mean.</div>
      <Group gap="xs" mt="xs">
        <FileButton
          accept=".json,application/json"
          inputProps={{ 'aria-label': 'Classes: file with categories' }}
          onChange={(chosen) => {
            if (chosen !== null) takeFile(chosen);
          }}
        >
          {(props) => (
            <Button variant="default" {...props}>
              Take them from a file
            </Button>
          )}
        </FileButton>
        {fileName === null ? null : (
          <>
            <span>{fileName}</span>
            <Button variant="subtle" onClick={takeProject}>
              Take the labels of the project instead
            </Button>
          </>
        )}
      </Group>
      {error === null ? null : <ProblemNote error={error} />}
      {fileName === null && project.trim() !== '' ? <ProjectLabels query={ofProject} /> : null}
      {problems.map((problem) => (
        <p key={problem} className="field-problem">
          {problem}
        </p>
      ))}
    </fieldset>
  );
}

function ProjectLabels({ query: { data, error } }: { readonly query: Classes['ofProject'] }) {
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined) return <output className="dimmed">Reading the labels of the project …</output>;
  const more = data.classes - data.rows.length;
  return (
    <p className="class-values">
      {data.rows.map(({ value, name }) => `${value} ${name}`).join(', ')}
      {more > 0 ? ` and ${more} more` : ''}
      <span className="dimmed">, as CVAT numbers the labels of the project</span>
    </p>
  );
}
