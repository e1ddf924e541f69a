import { listFrames } from '../../../../../src/api/endpoints/gallery.ts';
import { Section } from '../../../parts/section.tsx';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Answered } from '../../../states/answered.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { FrameFilter } from './frame-filter.tsx';
import { FrameList, PAGE_SIZE } from './frame-list.tsx';
import { frameQuery } from './frame-query.ts';
import { FrameViewer } from './frame-viewer.tsx';
import { useFrameSearch } from './use-frame-search.ts';

/** The frames, those first that people changed most, and one of them large with what is laid over it. */
export function FramesPart({ id }: { readonly id: string }) {
  const [search, change] = useFrameSearch();
  const query = frameQuery(search, search.from, PAGE_SIZE);
  const frames = useAnswer(listFrames, { params: { id }, query }, { keepsShowing: true });
  return (
    <Section title="Frames" {...(frames.data === undefined ? {} : { count: frames.data.total })}>
      <FrameFilter search={search} onChange={change} />
      <Answered query={frames} what="the frames">
        {(page) =>
          page.frames.length === 0 ? (
            <EmptyState title={page.from === 'nothing' ? 'There are no frames yet.' : 'No frame is of this kind.'}>
              {page.from === 'nothing'
                ? 'They appear when masks are converted, at the step “Convert”, or when the labels are sealed.'
                : 'Choose another kind, or clear the name.'}
            </EmptyState>
          ) : (
            <div className="frames">
              <FrameList page={page} search={search} onChange={change} />
              <FrameViewer id={id} page={page} isOld={frames.isPlaceholderData} search={search} onChange={change} />
            </div>
          )
        }
      </Answered>
    </Section>
  );
}
