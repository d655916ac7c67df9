/** Apps made of the code of a guide: built as their scaffold would build them, served, and open in a browser. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build, type InlineConfig, preview } from 'vite';
import type { ClientType } from '../../dashboard/src/clients/type-values.ts';
import { clientForGuide, freePort, type GuideSession, saveFiles, writeFiles } from './guide-session.ts';

export type Scaffold = {
  /** What there is before the guide begins. */
  readonly files: Readonly<Record<string, string>>;
  readonly config: (root: string) => InlineConfig;
  /** A `node_modules` other than that of this repository. */
  readonly packages?: string;
};

/** A page that is nothing but its script and what this is shown in. */
export const htmlFor = (body: string, script: string) =>
  `<!doctype html>${body}<script type="module" src="${script}"></script>`;

/** Serves the guide of a client of its own as an app, opens it in a window of its own, and closes both after use. */
export async function withApp(
  { browser, session }: { browser: Browser; session: GuideSession },
  { type, id, scaffold }: { type: ClientType; id: string; scaffold: Scaffold },
  use: (page: Page, url: string) => Promise<unknown>,
  prepare?: (context: BrowserContext) => Promise<unknown>,
): Promise<void> {
  const port = await freePort();
  const onPort = (text: string) => text.replaceAll(/localhost:(5173|4200)/g, `localhost:${port}`);
  const client = await clientForGuide(session, type, id, onPort);
  const root = session.folderFor(id, scaffold.packages);
  writeFiles(root, scaffold.files);
  saveFiles(session.guideFor(type, id, client).code, root, onPort);
  const config: InlineConfig = { ...scaffold.config(root), root, configFile: false, logLevel: 'error' };
  await build({ ...config, build: { minify: false, reportCompressedSize: false, ...config.build } });
  const server = await preview({ ...config, preview: { port, strictPort: true } });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    await prepare?.(context);
    const page = await context.newPage();
    await page.goto(`http://localhost:${port}/`);
    await use(page, `http://localhost:${port}/`);
  } finally {
    await context.close();
    await server.close();
  }
}
