/**
 * Starts the server: opens the database, makes the first tenant, listens, and stops in order. With `cli.ts` the only
 * place with side effects of its own.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { fillUserTerms } from './api/users/fill-terms.ts';
import { type App, makeApp } from './app.ts';
import { banner } from './banner.ts';
import type { Config } from './config.ts';
import { loadMasterKey } from './keys/master-key.ts';
import { settleMemory } from './memory.ts';
import { openDatabase } from './storage/database.ts';
import { provisionTenant } from './tenants/provision.ts';
import { setupLink } from './tenants/setup.ts';
import { ensureLocalCertificate } from './tls/authority.ts';

export const DEFAULT_TENANT = 'main';

export type Running = {
  readonly app: App;
  readonly httpPort: number;
  readonly httpsPort: number | undefined;
  stop(): Promise<void>;
};

/** Starts everything; answers once it listens. */
export async function start(config: Config, print: (text: string) => void = console.log): Promise<Running> {
  const database = await openDatabase(config);
  const masterKey = await loadMasterKey(config, database.read);
  const log = pino({ level: config.logLevel });
  await fillUserTerms(database);
  const app = await makeApp({ config, database, masterKey, log });
  const { server, services, jobs } = app;
  const tls = await certificate(config);
  const address = await server.app.listen({ host: config.host, port: config.httpPort });
  const httpPort = Number(new URL(address).port);
  const httpsPort = tls && (await server.listenTls({ host: config.host, port: config.httpsPort as number, ...tls }));
  const baseUrl = canonicalUrl(config, httpPort, httpsPort);
  await provisionTenant(services, DEFAULT_TENANT, baseUrl);
  knowAddresses(app, baseUrl, httpPort, httpsPort);
  jobs.start();
  const dashboardUrl = config.publicUrl ?? `http://localhost:${httpPort}`;
  print(
    banner({
      config,
      baseUrl,
      dashboardUrl,
      caPath: tls?.caPath,
      setupUrl: await setupLink(services, DEFAULT_TENANT, dashboardUrl),
    }),
  );
  await settleMemory();
  return {
    app,
    httpPort,
    httpsPort,
    async stop() {
      await server.app.close();
      await jobs.stop();
      await database.close();
    },
  };
}

/** Where the Management API is, and whose host is the tenant's domain. Without a slash at the end. */
export function canonicalUrl(config: Config, httpPort: number, httpsPort: number | undefined): string {
  return (
    config.publicUrl ?? (httpsPort === undefined ? `http://localhost:${httpPort}` : `https://localhost:${httpsPort}`)
  );
}

/** The addresses this process answers on belong to the first tenant, each with an issuer of its own. */
export function knowAddresses(
  { services }: App,
  baseUrl: string,
  httpPort: number,
  httpsPort: number | undefined,
): void {
  const origins = [baseUrl];
  if (!services.config.publicUrl) {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      origins.push(`http://${host}:${httpPort}`);
      if (httpsPort !== undefined) origins.push(`https://${host}:${httpsPort}`);
    }
  }
  for (const origin of origins) {
    services.sites.add({ tenant: DEFAULT_TENANT, host: new URL(origin).host, issuer: `${origin}/` });
  }
}

async function certificate(config: Config): Promise<{ key: string; cert: string; caPath?: string } | undefined> {
  if (config.httpsPort === 'off') return undefined;
  if (config.tlsCert && config.tlsKey)
    return { key: readFileSync(config.tlsKey, 'utf8'), cert: readFileSync(config.tlsCert, 'utf8') };
  return ensureLocalCertificate(resolve(config.dataDir), Date.now());
}
