import { createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'ink',
  colors: {
    ink: [
      '#eef3fa',
      '#dbe4f1',
      '#b3c5e0',
      '#88a4cf',
      '#6488c0',
      '#4d76b8',
      '#406db5',
      '#315c9f',
      '#29528f',
      '#1b4680',
    ],
  },
  fontFamily: "'IBM Plex Sans Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'IBM Plex Mono', ui-monospace, monospace",
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' } } },
  defaultRadius: 'sm',
  cursorType: 'pointer',
});
