import { readFrameImage } from '../../../../../src/api/endpoints/gallery.ts';
import { useAnswer } from '../../../requests/use-answer.ts';
import { isRefusal } from '../../../requests/refusal.ts';
import { ProblemNote } from '../../../states/problem-note.tsx';

/** Why there is no picture below the layers: a browser does not tell, so the server is asked once more. */
export function NoPicture({ id, frame }: { readonly id: string; readonly frame: string }) {
  const { error } = useAnswer(readFrameImage, { params: { id, frame } });
  if (isRefusal(error) && error.problem.status >= 400) return <ProblemNote error={error} />;
  return <p className="faint">The picture cannot be shown. The layers are drawn without it.</p>;
}
