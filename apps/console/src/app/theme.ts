import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import i18next from 'i18next';
import classes from './theme.module.css';

const iris: MantineColorsTuple = [
  '#eef0ff',
  '#dcdffb',
  '#b7bcf2',
  '#9097ea',
  '#6f77e3',
  '#5a63df',
  '#4c4fd6',
  '#3f42bf',
  '#3639ab',
  '#2b2e96',
];

const ink: MantineColorsTuple = [
  '#d5d7de',
  '#b4b8c2',
  '#9a9fac',
  '#6f7584',
  '#434855',
  '#343945',
  '#262a34',
  '#1b1e26',
  '#14161d',
  '#0e1015',
];

/** Quiet, dense and clear: a tool that is open all day. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 5 },
  colors: { iris, dark: ink },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'md',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.25rem' }, h3: { fontSize: '1.125rem' } },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  autoContrast: true,
  respectReducedMotion: true,
  components: {
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 500 } },
    Button: { defaultProps: { size: 'sm' } },
    Table: { classNames: { thead: classes.head } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Modal: {
      defaultProps: () => ({
        radius: 'md',
        overlayProps: { backgroundOpacity: 0.4, blur: 2 },
        closeButtonProps: { 'aria-label': i18next.t('close') },
      }),
      styles: { title: { fontWeight: 600 } },
    },
    Drawer: {
      defaultProps: () => ({
        position: 'right',
        overlayProps: { backgroundOpacity: 0.3 },
        closeButtonProps: { 'aria-label': i18next.t('close') },
      }),
      styles: { title: { fontWeight: 600 } },
    },
  },
});

/** Mantine's own, of which badges, avatars and texts are made. */
const HUES = [
  ...['red', 'pink', 'grape', 'violet', 'indigo', 'blue', 'cyan', 'teal', 'green', 'lime', 'yellow'],
  'orange',
];

/** Coloured words, on white and on their own pale ground. */
const darker = HUES.flatMap((hue) =>
  ['light-color', 'text'].map((use) => [
    `--mantine-color-${hue}-${use}`,
    `color-mix(in srgb, var(--mantine-color-${hue}-9) 70%, black)`,
  ]),
);

/** Quieter and coloured text still has the contrast that small print needs (WCAG 2.2 AA). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6270',
    '--mantine-color-placeholder': '#6b7180',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': '#b02525',
    ...Object.fromEntries(darker),
  },
  dark: {
    '--mantine-color-dimmed': '#9ba1b0',
    '--mantine-color-placeholder': '#8a90a0',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': '#b02525',
    '--mantine-color-anchor': '#a5abf5',
    '--mantine-color-iris-light': 'rgba(111, 119, 227, 0.18)',
    '--mantine-color-iris-light-hover': 'rgba(111, 119, 227, 0.26)',
    '--mantine-color-iris-light-color': '#c6caf7',
  },
});
