import '../shared/styles/app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { useSettings } from '../shared/data/settings.ts';
import '../shared/i18n/i18n.ts';
import { cssVariablesResolver, theme } from '../shared/styles/theme.ts';
import { ThemeSwitch } from './theme-switch.tsx';

/** Draws a page into `#root`, in the console's look and under the nonce that the server gave it. */
export function mountPage(queryClient: QueryClient, page: ReactNode): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  // What keeps the page from scrolling behind a dialog asks for the nonce here.
  Object.assign(globalThis, { __webpack_nonce__: nonce });
  const root = document.querySelector('#root');
  if (!root) throw new Error('This page has no #root');
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        getStyleNonce={() => nonce}
        defaultColorScheme={useSettings.getState().theme}
      >
        <ThemeSwitch />
        <QueryClientProvider client={queryClient}>{page}</QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
