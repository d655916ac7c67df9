/**
 * How everything looks: one accent, one neutral ramp, one type scale, for a light and a dark scheme. Components take
 * their colours from the names below and from Mantine's variables; no other file holds a colour.
 */
import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  NavLink,
  Switch,
  Tabs,
  Tooltip,
  virtualColor,
} from '@mantine/core';
import switches from './ui/switch.module.css';
import tabs from './ui/tabs.module.css';

/** The accent: the green of old bronze, beside the brass of the key in the logo. */
const verdigris: MantineColorsTuple = [
  '#edf7f4',
  '#d9ece7',
  '#b3d9cf',
  '#85c3b4',
  '#5cb29e',
  '#369a85',
  '#1a8370',
  '#0b6a5a',
  '#085648',
  '#063f35',
];

/** Neutrals with a trace of the accent, so that surfaces and text belong together. */
const gray: MantineColorsTuple = [
  '#f6f8f7',
  '#eef2f0',
  '#e2e8e5',
  '#d2dad7',
  '#bac5c1',
  '#94a19d',
  '#687672',
  '#54615d',
  '#37423f',
  '#1d2725',
];

/** Mantine reads 0 as text, 2 as dimmed text, 4 as borders, 6 as controls and 7 as the page. */
const dark: MantineColorsTuple = [
  '#dce4e1',
  '#bcc8c4',
  '#9aa9a4',
  '#7d8d88',
  '#33403d',
  '#26312e',
  '#1b2523',
  '#121a18',
  '#0d1412',
  '#080d0c',
];

const SANS = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const MONO = "ui-monospace, 'SF Mono', 'Cascadia Code', 'Roboto Mono', 'Liberation Mono', monospace";

export const theme = createTheme({
  primaryColor: 'accent',
  // Dark surfaces carry a lighter accent with dark text on it; a virtual colour lets the contrast follow the scheme.
  colors: { accent: virtualColor({ name: 'accent', light: 'verdigris', dark: 'verdigris' }), verdigris, gray, dark },
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  black: '#131c1a',
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontFamily: SANS,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Badge: Badge.extend({ styles: { root: { textTransform: 'none', letterSpacing: 0 }, label: { fontWeight: 600 } } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        padding: 'xl',
        radius: 'lg',
        // A click that misses must not throw away what was typed.
        closeOnClickOutside: false,
        closeButtonProps: { 'aria-label': 'Close' },
        // Its header would pass for the banner of the page, because dialogs stand beside the page's landmarks.
        attributes: { header: { role: 'presentation' } },
      },
      styles: { title: { fontSize: 'var(--mantine-font-size-xl)', fontWeight: 620, lineHeight: 1.3 } },
    }),
    NavLink: NavLink.extend({
      styles: { root: { borderRadius: 'var(--mantine-radius-md)' }, label: { fontWeight: 550 } },
    }),
    Switch: Switch.extend({ classNames: switches }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false }, classNames: tabs }),
    Tooltip: Tooltip.extend({ defaultProps: { events: { hover: true, focus: true, touch: false }, openDelay: 300 } }),
  },
});

/** Where Mantine's own choices are too faint to read (WCAG 2.2 §1.4.3) or too loud for a calm page. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-disabled-color': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-red-outline': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': 'var(--mantine-color-red-8)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--lk-rail': 'var(--mantine-color-gray-0)',
    '--lk-code': 'var(--mantine-color-gray-0)',
    '--lk-code-comment': 'var(--mantine-color-gray-7)',
    '--lk-code-keyword': '#8a2f6b',
    '--lk-code-name': '#1f5fa8',
    '--lk-code-string': '#0b6a5a',
    '--lk-code-value': '#9a4a00',
    '--lk-code-active': 'rgba(11, 106, 90, 0.06)',
    '--lk-code-selection': '#cfe5df',
    '--lk-code-match': '#fbe7b5',
    '--lk-added': '#ecf9f1',
    '--lk-added-text': '#c5ebd4',
    '--lk-removed': '#fef1f0',
    '--lk-removed-text': '#fcd5d1',
    '--lk-switch-off': '#84928d',
    '--lk-switch-locked': 'color-mix(in srgb, var(--mantine-color-verdigris-7) 60%, var(--mantine-color-body))',
  },
  dark: {
    '--mantine-color-accent-light': '#17342e',
    '--mantine-color-accent-light-hover': '#1d4038',
    '--mantine-color-accent-light-color': 'var(--mantine-color-accent-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-red-outline': 'var(--mantine-color-red-4)',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': 'var(--mantine-color-red-8)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-3)',
    '--lk-rail': 'var(--mantine-color-dark-8)',
    '--lk-code': 'var(--mantine-color-dark-8)',
    '--lk-code-comment': 'var(--mantine-color-dark-2)',
    '--lk-code-keyword': '#e59fcb',
    '--lk-code-name': '#8cbcf2',
    '--lk-code-string': '#85c3b4',
    '--lk-code-value': '#eab27a',
    '--lk-code-active': 'rgba(133, 195, 180, 0.07)',
    '--lk-code-selection': '#23463f',
    '--lk-code-match': '#5b4a17',
    '--lk-added': '#112419',
    '--lk-added-text': '#1a4129',
    '--lk-removed': '#2c1716',
    '--lk-removed-text': '#5c2522',
    '--lk-switch-off': '#5f6e69',
    '--lk-switch-locked': 'color-mix(in srgb, var(--mantine-color-verdigris-4) 60%, var(--mantine-color-body))',
  },
});
