import { useEffect } from 'react';

/** What has a use of its own for keys. */
const TAKES_KEYS = 'input, select, textarea, [role="dialog"]';

/** Calls what belongs to a key, unless somebody types or a dialog is open. Keep `keys` the same from one rendering to the next. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = keys[event.key];
      const isTaken = event.target instanceof Element && event.target.closest(TAKES_KEYS) !== null;
      if (action === undefined || isTaken || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [keys]);
}
