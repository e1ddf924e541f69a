import { createContext, useEffect, useState } from 'react';
import { sentFiles, type SentFiles } from '../../uploads/sent-files.ts';

/** Holds what the page has sent, for the fields that send. */
export const SentFilesContext = createContext<Pick<SentFiles, 'remember'>>({ remember: () => undefined });

/** What a page has sent, until it is left; and what it sends again just now, in words. */
export function useSentFiles(): readonly [sent: SentFiles, sending: string | null] {
  const [sending, setSending] = useState<string | null>(null);
  const [sent] = useState(() => sentFiles(setSending));
  useEffect(() => () => sent.stop(), [sent]);
  return [sent, sending];
}
