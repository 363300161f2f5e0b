import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { routeTable } from './build/route-table.ts';

/** `npm run dev` of this workspace serves the sources and takes the API of a server that runs beside it. */
const API = process.env.PROMOSMITH_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/console/',
  plugins: [react(), routeTable],
  build: {
    target: 'es2022',
    // These know light-dark(), which the schemes of Mantine switch; what stands in for it elsewhere knows only one scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
  server: { proxy: { '/v1': { target: API, changeOrigin: true, headers: { origin: API } } } },
});
