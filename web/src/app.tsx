import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { BrowserRouter } from 'react-router';
import { LiveUpdates } from './live/live-updates.tsx';
import { createQueryClient } from './requests/query-client.ts';
import { SessionGate } from './session/session-gate.tsx';
import { Shell } from './shell/shell.tsx';
import { cssVariables, theme } from './theme/theme.ts';

/** Everything. `nonce` is what the server lets styles of this page carry. */
export function App({ nonce }: { readonly nonce: string }) {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <SessionGate>
            <LiveUpdates>
              <Shell />
            </LiveUpdates>
          </SessionGate>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
