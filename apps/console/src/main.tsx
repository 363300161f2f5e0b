import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './app/console.tsx';
import { startTexts } from './texts/index.ts';

// A page that was open while the server was upgraded asks for parts that are gone: the new ones have other names.
window.addEventListener('vite:preloadError', () => location.reload());

const root = document.getElementById('root');
if (!root) throw new Error('the page has no place for the console');
await startTexts();
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
