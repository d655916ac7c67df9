/**
 * The wiring list: every feature by name, with what it needs. Nothing registers itself. Taking a line out here (and its
 * folder away) takes the feature out.
 */
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { providerInUse } from './api/emails/store.ts';
import { registerExportDownload } from './api/jobs/download.ts';
import { makeWorker } from './api/jobs/run.ts';
import { registerNetworkAcls } from './api/network-acls/enforce.ts';
import { registerOpenApi } from './api/openapi.ts';
import { registerApi } from './api/pipeline.ts';
import { makeRemover } from './api/removals.ts';
import { apiRoutes } from './api/routes.ts';
import type { Config } from './config.ts';
import { registerDashboard } from './dashboard/static.ts';
import { makeEgress } from './http/egress.ts';
import { type HttpServer, makeServer } from './http/server.ts';
import { removeExpired } from './jobs/cleanup.ts';
import { type Jobs, makeJobs } from './jobs/runner.ts';
import { makeVault } from './keys/vault.ts';
import { registerStylesheet } from './login/assets.ts';
import { registerUnblock } from './login/brute-force-unblock/prompt.ts';
import { registerConsent } from './login/consent/prompt.ts';
import { answerWithPage } from './login/error/answer.ts';
import { registerForgotPassword } from './login/forgot-password/prompt.ts';
import { registerLogin } from './login/login/prompt.ts';
import { registerMfaEnrollment } from './login/mfa-enrollment/prompt.ts';
import { registerResetPassword } from './login/reset-password/prompt.ts';
import { registerSetup } from './login/setup/prompt.ts';
import { registerSignup } from './login/signup/prompt.ts';
import { registerVerifyEmail } from './login/verify-email/prompt.ts';
import { makeMailer } from './mail/deliver.ts';
import { makeAccessTokenVerifier } from './oidc/access-token.ts';
import { registerAuthorize } from './oidc/authorize/endpoint.ts';
import { documentShortcut, makeDocuments, registerDiscovery } from './oidc/discovery/routes.ts';
import { registerLogout } from './oidc/logout/endpoints.ts';
import { registerRevoke } from './oidc/revoke.ts';
import { registerTokenEndpoint } from './oidc/token/endpoint.ts';
import { registerUserinfo } from './oidc/userinfo.ts';
import type { Services } from './services.ts';
import type { Database } from './storage/database.ts';
import { makeConfigurations } from './tenants/configuration.ts';
import { makeDirectory, makeStores } from './tenants/directory.ts';
import { makeSites } from './tenants/sites.ts';
import { VERSION } from './version.ts';

const hostedPages = [
  registerStylesheet,
  registerLogin,
  registerSignup,
  registerForgotPassword,
  registerResetPassword,
  registerVerifyEmail,
  registerUnblock,
  registerMfaEnrollment,
  registerConsent,
  registerSetup,
];

export type AppOptions = {
  readonly config: Config;
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly log: Logger;
  /** Milliseconds since the epoch; a test may stop it. */
  readonly clock?: () => number;
  /** Hears of every operation of the Management API that succeeds. */
  readonly exercised?: (operationId: string) => void;
};

export type App = { readonly services: Services; readonly server: HttpServer; readonly jobs: Jobs };

/** Puts the application together. It listens nowhere yet and has started no job. */
export async function makeApp(options: AppOptions): Promise<App> {
  const services = makeServices(options);
  const jobs = makeBackgroundJobs(options, services);
  const wired: Services = { ...services, nudge: (job) => jobs.nudge(job) };
  const documents = makeDocuments();
  const server = makeServer({
    config: options.config,
    log: options.log,
    clock: services.clock,
    sites: services.sites,
    answerWithPage: (...failure) => answerWithPage(wired, ...failure),
    shortcut: documentShortcut(documents, services.clock),
  });
  await register(server.app, wired, documents, options);
  return { services: wired, server, jobs };
}

async function register(
  app: FastifyInstance,
  services: Services,
  documents: ReturnType<typeof makeDocuments>,
  options: AppOptions,
) {
  const verify = makeAccessTokenVerifier(services);
  registerNetworkAcls(app, services);
  registerDiscovery(app, services, documents);
  registerAuthorize(app, services);
  registerTokenEndpoint(app, services);
  registerUserinfo(app, services, verify);
  registerRevoke(app, services);
  registerLogout(app, services);
  for (const registerPage of hostedPages) registerPage(app, services);
  registerApi(app, services, verify, apiRoutes, options.exercised);
  registerExportDownload(app, services);
  registerOpenApi(app, apiRoutes);
  await registerDashboard(app, {
    root: fileURLToPath(new URL('../dashboard/dist', import.meta.url)),
    config: async ({ context }) => {
      const configuration = await services.configurations.of(context.tenant);
      return {
        issuer: context.site.issuer,
        domain: configuration.domain,
        tenant: context.tenant,
        client_id: String(configuration.settings.dashboard_client_id),
        audience: String(configuration.settings.management_audience),
        api_base: '/api/v2',
        version: VERSION,
      };
    },
  });
}

/** The shared capabilities without background jobs: enough for the command line. */
export function makeServices({ config, database, masterKey, log, clock = Date.now }: AppOptions): Services {
  const vault = makeVault(masterKey);
  const stores = makeStores(vault);
  return {
    config,
    database,
    vault,
    clock,
    log: log as FastifyBaseLogger,
    sites: makeSites(database),
    configurations: makeConfigurations(database, clock),
    stores,
    directory: makeDirectory(database, stores, vault),
    nudge: () => {},
  };
}

function makeBackgroundJobs({ config, database }: AppOptions, services: Services): Jobs {
  const mailer = makeMailer({
    database,
    smtpUrl: config.smtpUrl,
    mailFrom: config.mailFrom,
    providerOf: async (tenant) => providerInUse(services, await services.configurations.of(tenant)),
    egress: makeEgress({ allowPrivate: config.allowPrivateEgress }),
    allowPrivate: config.allowPrivateEgress,
    clock: services.clock,
    log: services.log,
  });
  const worker = makeWorker(services);
  const remover = makeRemover({ ...services, nudge: (job) => jobs.nudge(job) });
  const jobs = makeJobs({ log: services.log }, [
    { name: 'mail', every: 2000, run: () => mailer.deliverDue() },
    { name: 'removals', every: 1000, run: async () => (await remover.work()) && jobs.nudge('removals') },
    { name: 'jobs', every: 1000, run: async () => (await worker.work()) && jobs.nudge('jobs') },
    {
      name: 'cleanup',
      every: 10 * 60_000,
      run: async () => {
        await removeExpired(database, services.clock());
        await worker.tidy();
      },
    },
  ]);
  return jobs;
}
