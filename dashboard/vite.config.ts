import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Where `npm start` listens; a development server of the dashboard passes everything that is not the app on to it.
const server = process.env.LATCHKEY_URL ?? 'http://localhost:3000';

export default defineConfig({
  base: '/dashboard/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows no data: scripts or fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What changes only with a dependency keeps its own file, so that a new version of the app is a small download.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'tanstack', test: /node_modules\/@tanstack\// },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '^/(api|authorize|oauth|oidc|u|login|v2|userinfo)(/|\\?|$)': { target: server, changeOrigin: false },
      '/dashboard/config.json': { target: server, changeOrigin: false },
    },
  },
});
