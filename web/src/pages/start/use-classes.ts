import { useEffect, useState } from 'react';
import { projectCategories } from '../../../../src/api/endpoints/starting.ts';
import type { ProjectCategories } from '../../../../src/contracts/project-categories.ts';
import type { ArtifactRef } from '../../../../src/contracts/refs.ts';
import { ask } from '../../requests/ask.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { sendSmall } from '../../uploads/send-small.ts';
import type { SentFiles } from '../../uploads/sent-files.ts';

/** Where the classes of the masks come from. */
export interface Classes {
  /** COCO's list of them in the store; null while it is not known. */
  readonly ref: ArtifactRef | null;
  /** Of the file that was taken; null for the labels of the project. */
  readonly fileName: string | null;
  /** Why a file could not be taken. */
  readonly error: unknown;
  readonly ofProject: { readonly data: ProjectCategories | undefined; readonly error: unknown };
  readonly takeFile: (file: File) => void;
  readonly takeProject: () => void;
}

/** The labels of a project as classes, unless a file is taken instead. `remember` is told how to bring either to the server again. */
export function useClasses(connection: string, project: string, { remember }: Pick<SentFiles, 'remember'>): Classes {
  const [file, setFile] = useState<{ readonly name: string; readonly ref: ArtifactRef } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const isAsked = file === null && project !== '';
  const { data, error: refused } = useAnswer(
    projectCategories,
    { query: { connection, project } },
    { enabled: isAsked },
  );
  const uri = data?.categories.uri;
  useEffect(() => {
    if (uri === undefined) return;
    // The server may name what it has told of.
    remember(
      uri,
      async ({ signal }) => (await ask(projectCategories, { query: { connection, project } }, signal)).categories,
    );
  }, [uri, connection, project, remember]);
  const put = async (chosen: File): Promise<void> => {
    setFile({ name: chosen.name, ref: await sendSmall(chosen, remember) });
  };
  return {
    ref: file?.ref ?? (isAsked ? data?.categories : undefined) ?? null,
    fileName: file?.name ?? null,
    error,
    ofProject: { data, error: refused },
    takeFile: (chosen) => {
      setError(null);
      put(chosen).catch(setError);
    },
    takeProject: () => setFile(null),
  };
}
