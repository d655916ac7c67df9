/** What the hosted pages load besides themselves: one stylesheet by its hashed URL, one small script put inline. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const css = readFileSync(new URL('style.css', import.meta.url), 'utf8');
const hash = createHash('sha256').update(css).digest('base64url').slice(0, 16);

/** Served as `text/css`, immutable: another content has another path. */
export const stylesheet = { content: css, hash, path: `/u/assets/style.${hash}.css` } as const;

/** Comforts that the pages do without when scripts are off. Goes into `<script nonce>`. */
export const script = readFileSync(new URL('script.js', import.meta.url), 'utf8');

export function registerStylesheet(app: FastifyInstance): void {
  app.get(stylesheet.path, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=31536000, immutable').send(css),
  );
}
