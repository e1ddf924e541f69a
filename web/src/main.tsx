import '@mantine/core/styles.css';
import './theme/base.css';
import './theme/tones.css';
import './parts/parts.css';
import './parts/lists.css';
import './shell/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app.tsx';
import { readNonce } from './theme/read-nonce.ts';

// Faster schemas are made with `new Function`, which the policy of the pages forbids.
z.config({ jitless: true });

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App nonce={readNonce()} />
  </StrictMode>,
);
