import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { connectionResource } from '../server/api/connections/schema.ts';
import { STRATEGY_NAMES, strategyOf } from '../server/api/connections/strategies/table.ts';

// Where `npm start` listens; a development server of the dashboard passes everything that is not the app on to it.
const server = process.env.LATCHKEY_URL ?? 'http://localhost:3000';

export default defineConfig({
  base: '/dashboard/',
  plugins: [react(), connectionDescriptions(), hostedPageAssets(), compressedCopies()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // For the test that watches what the first screen loads.
    manifest: true,
    // The code editor is one chunk of about 500 kB, and no screen loads it before it shows one.
    chunkSizeWarningLimit: 600,
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

/**
 * What connections are described by as plain JSON, `virtual:connections`: what describes the strategies on the server
 * also reads certificates and asks providers, which has no place in a browser.
 */
function connectionDescriptions(): Plugin {
  const id = '\0virtual:connections';
  const entries = STRATEGY_NAMES.map((name) => [name, strategyOf(name)] as const);
  const described = entries.map(([name, { family, options }]) => [name, { family, options }]);
  const code = [
    `export const STRATEGIES = ${JSON.stringify(Object.fromEntries(described))};`,
    `export const CONNECTION_FIELDS = ${JSON.stringify(connectionResource.fields)};`,
  ].join('\n');
  return {
    name: 'connection-descriptions',
    resolveId: (source) => (source === 'virtual:connections' ? id : undefined),
    load: (source) => (source === id ? code : undefined),
  };
}

/**
 * What the hosted pages load besides themselves, for the preview that draws one of them: the server reads it from its
 * files, and here it is part of the code. The script has no place in a picture.
 */
function hostedPageAssets(): Plugin {
  const id = '\0hosted-page-assets';
  const file = (name: string) => join(import.meta.dirname, '../server/login', name);
  return {
    name: 'hosted-page-assets',
    enforce: 'pre',
    resolveId: (source, importer) =>
      importer && source.endsWith('/assets.ts') && resolve(dirname(importer), source) === file('assets.ts')
        ? id
        : undefined,
    load: async (source) => {
      if (source !== id) return undefined;
      const stylesheet = { content: await readFile(file('style.css'), 'utf8'), path: '' };
      return `export const stylesheet = ${JSON.stringify(stylesheet)}; export const script = '';`;
    },
  };
}

/** Leaves a .br and a .gz beside each script and style, so that the server compresses nothing while it runs. */
function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const files = await readdir(dir, { recursive: true });
      const texts = files.filter((file) => /\.(js|css)$/.test(file)).map((file) => join(dir, file));
      await Promise.all(texts.map(compress));
    },
  };
}

async function compress(path: string) {
  const content = await readFile(path);
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
  await writeFile(`${path}.gz`, await promisify(gzip)(content));
}
