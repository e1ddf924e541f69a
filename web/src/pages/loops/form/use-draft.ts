import { useState } from 'react';

/**
 * What an input holds while somebody types: half a number or an empty line says nothing yet, and must not vanish meanwhile. A value that
 * comes from elsewhere takes its place.
 */
export function useDraft<D>(
  value: unknown,
  read: (value: unknown) => D,
  write: (draft: D) => unknown,
): readonly [draft: D, setDraft: (draft: D) => void] {
  const [draft, setDraft] = useState(() => read(value));
  return [isSame(write(draft), value) ? draft : read(value), setDraft];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
