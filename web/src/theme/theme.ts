import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Its shade 7 carries white letters at 5.9:1. */
const accent: MantineColorsTuple = [
  '#eef5f7',
  '#dae8ec',
  '#b4d2da',
  '#8abac7',
  '#69a7b7',
  '#4a96a9',
  '#2a8299',
  '#0f6a82',
  '#0b5669',
  '#083f4e',
];

/** What destroys or has failed. Its shade 7 carries white letters at 6:1. */
const red: MantineColorsTuple = [
  '#fdf0ee',
  '#f9dcd8',
  '#f1b7af',
  '#ea9185',
  '#e37263',
  '#d9594a',
  '#c94434',
  '#b03224',
  '#93281c',
  '#701d14',
];

/** Greys of the dark scheme, as cool as those of the light one. */
const dark: MantineColorsTuple = [
  '#d5d8dc',
  '#b8bdc3',
  '#8d949c',
  '#676e76',
  '#414850',
  '#353a40',
  '#2a2e33',
  '#1f2226',
  '#17191c',
  '#111315',
];

/** How all pages look: one accent, neutral greys, small and dense. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: { accent, red, dark },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { styles: { title: { fontWeight: 600 } } },
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
  },
});

/** Mantine's own second voice and warnings are too pale to read; these have 4.5:1 or more on every surface. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565c64',
    '--mantine-color-placeholder': '#666c74',
    '--mantine-color-error': 'var(--mantine-color-red-7)',
    '--mantine-color-anchor': 'var(--mantine-color-accent-7)',
    '--surface-page': '#f6f7f8',
    '--surface': '#ffffff',
    '--line': '#dfe2e6',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb5',
    '--mantine-color-placeholder': '#949ba3',
    '--mantine-color-error': 'var(--mantine-color-red-3)',
    '--mantine-color-anchor': 'var(--mantine-color-accent-3)',
    '--surface-page': '#17191c',
    '--surface': '#1f2226',
    '--line': '#353a40',
  },
});
