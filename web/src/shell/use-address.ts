import { useSearchParams } from 'react-router';

/** What the address of a page says after `?`, and a way to change it; null takes a part away. A change is no step to go back from. */
export function useAddress(): readonly [
  read: (name: string) => string | null,
  change: (parts: Readonly<Record<string, string | null>>) => void,
] {
  const [params, setParams] = useSearchParams();
  const change = (parts: Readonly<Record<string, string | null>>): void => {
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(parts)) {
          if (value === null) after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  };
  return [(name) => params.get(name), change];
}
