import { useAddress } from '../../shell/use-address.ts';
import type { EditorMode } from './form/editor-mode.tsx';

/** Form or text, as the address says it. */
export function useMode(): readonly [mode: EditorMode, change: (mode: EditorMode) => void] {
  const [read, change] = useAddress();
  return [read('as') === 'text' ? 'text' : 'form', (mode) => change({ as: mode === 'text' ? 'text' : null })];
}
