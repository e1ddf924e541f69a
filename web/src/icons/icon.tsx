/** Outlines on a grid of 24, drawn with round strokes of 1.75. */
const OUTLINES = {
  overview: 'M4 5h7v6H4zM13 5h7v10h-7zM4 13h7v6H4zM13 17h7v2h-7z',
  iterations: 'M4 6h.01M8 6h12M4 12h.01M8 12h12M4 18h.01M8 18h12',
  start: 'M12 4v16M4 12h16',
  jobs: 'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3.5 19c.6-3.4 2.8-5 5.5-5s4.9 1.6 5.5 5M16 5.5a3 3 0 0 1 0 5.5M17 14.3c2 .5 3.2 2.1 3.6 4.7',
  loops: 'M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5',
  models: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  system: 'M4 5h16v6H4zM4 13h16v6H4zM7.5 8h.01M7.5 16h.01M11 8h6M11 16h6',
  attention: 'M12 4l9 16H3zM12 10v4.5M12 17.3h.01',
  away: 'M4 4l16 16M8.5 8.2A6 6 0 0 0 6.7 18H17M10.7 6.3A6 6 0 0 1 17.7 11a3.6 3.6 0 0 1 2.5 5.6',
  people: 'M12 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 20c.7-4 3.4-6 7-6s6.3 2 7 6',
  running: 'M8 5l11 7-11 7z',
  good: 'M5 12.5l4.5 4.5L19 7.5',
  bad: 'M6 6l12 12M18 6L6 18',
  quiet: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  screen: 'M3.5 5h17v11h-17zM9 20h6M12 16v4',
  leave: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9',
  next: 'M9 6l6 6-6 6',
  outside: 'M8 6h10v10M18 6L6 18',
} as const;

export type IconName = keyof typeof OUTLINES;

/** A drawing beside a word; screen readers pass over it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={OUTLINES[name]} />
    </svg>
  );
}
