import type { NoticeOptions } from '../contracts/notice.ts';
import { noticeBook, noticeOptions } from '../loop-file/notice-options.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import type { CliContext } from './context.ts';
import type { StartFlags } from './start-flags.ts';

/** Who is told of what, by the file of `--config`, with addresses and texts stored; null where it says nothing of that. */
export async function readNotices(
  context: Pick<CliContext, 'putArtifact'>,
  { notices }: Pick<StartFlags, 'notices'>,
): Promise<NoticeOptions | null> {
  if (notices === undefined) return null;
  const book = noticeBook(notices);
  return noticeOptions(notices, book === null ? null : await context.putArtifact(Buffer.from(canonicalJson(book))));
}
