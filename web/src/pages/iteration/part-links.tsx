import { Link, useLocation, useSearchParams } from 'react-router';
import { PARTS, PART_WORDS, type PartName } from './parts.ts';

/** The part of the page that the address names; the steps where it names none. */
export function usePart(): PartName {
  const [search] = useSearchParams();
  return PARTS.find((one) => one === search.get('part')) ?? 'steps';
}

/** Links to the parts of the page; the address says which is shown. */
export function PartLinks() {
  const { pathname } = useLocation();
  const shown = usePart();
  return (
    <nav className="part-links" aria-label="Parts of the iteration">
      {PARTS.map((part) => (
        <Link
          key={part}
          className="part-link"
          to={part === 'steps' ? pathname : `${pathname}?part=${part}`}
          aria-current={part === shown ? 'page' : undefined}
        >
          {PART_WORDS[part]}
        </Link>
      ))}
    </nav>
  );
}
