/**
 * The vendor's deployment tool (`a0deploy`), as a customer runs it: what it exports can be imported again without a
 * difference, and makes the same tenant on another server.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emailProviderStore } from '../../server/api/emails/store.ts';
import { readConfig } from '../../server/config.ts';
import { DEFAULT_TENANT, start } from '../../server/main.ts';
import { ensureSetup, type SetupResult } from '../../server/setup.ts';
import { fillTenant, type Make } from './deploy-tenant.ts';

const tool = fileURLToPath(import.meta.resolve('auth0-deploy-cli'));

/** What the tool writes in place of secrets that it could read, and what stands for them on import. */
const SECRETS = {
  CONNECTIONS_GOOGLE_OAUTH2_SECRET: 'google-secret',
  CONNECTIONS_OIDC_SECRET: 'theirs',
  LOGSTREAMS_HTTP_SECRET: 'hidden',
  EVENT_STREAM_WEBHOOK_BEARER_TOKEN: 'hidden',
  SMTP_HOSTNAME: 'smtp.example.com',
  SMTP_PORT: 587,
  SMTP_USER: 'shop',
  SMTP_PASS: 'hidden',
  TWILIO_AUTH_TOKEN: 'hidden',
  CAPTCHA_RECAPTCHA_V2_SECRET: 'hidden',
};

/** Kinds of the export that the tenant of the test has something of. Values of rules' settings are never exported. */
const KINDS = [
  ...['rules', 'hooks', 'pages', 'resourceServers', 'clients', 'databases', 'connections', 'tenant'],
  ...['emailProvider', 'emailTemplates', 'clientGrants', 'guardianFactors', 'guardianFactorTemplates'],
  ...['guardianPolicies', 'guardianPhoneFactorSelectedProvider', 'guardianPhoneFactorMessageTypes', 'roles'],
  ...['branding', 'phoneProviders', 'phoneTemplates', 'prompts', 'actions', 'actionModules', 'triggers'],
  ...['organizations', 'attackProtection', 'riskAssessment', 'logStreams', 'customDomains', 'themes', 'forms'],
  ...['flows', 'flowVaultConnections', 'selfServiceProfiles', 'networkACLs', 'userAttributeProfiles'],
  ...['connectionProfiles', 'tokenExchangeProfiles', 'supplementalSignals', 'rateLimitPolicies', 'eventStreams'],
];

type Server = Awaited<ReturnType<typeof startServer>>;
/** The files of an export: text by path. */
type Export = Record<string, string>;

describe('the vendor’s deployment tool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-deploy-'));
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
  let first: Server;
  let second: Server;

  before(async () => {
    first = await startServer(join(folder, 'first'));
    second = await startServer(join(folder, 'second'));
    await fillTenant(first.make, String(pem));
  });
  after(async () => {
    await first?.stop();
    await second?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // The tool waits for most of its time, as it makes eight requests a second: two of it at once.
  describe('what it exports', { concurrency: 2 }, () => {
    const [yaml, yamlAfter] = [join(folder, 'yaml'), join(folder, 'yaml-after')];
    const [files, filesThere] = [join(folder, 'files'), join(folder, 'files-there')];
    let secrets: unknown;

    before(async () => {
      secrets = await secretsOf(first);
      await Promise.all([
        first.run('export', '--format', 'yaml', '--output_folder', yaml),
        first.run('export', '--format', 'directory', '--output_folder', files),
      ]);
    });

    test('an export that is imported again changes nothing', async () => {
      const exported = filesOf(yaml);
      const kinds = [...exported['tenant.yaml']!.matchAll(/^(\w+):(?! (?:\[\]|\{\})$)/gm)].map(([, kind]) => kind);
      assert.deepEqual(KINDS.toSorted(), kinds.toSorted());
      await first.run('import', '--input_file', join(yaml, 'tenant.yaml'));
      await first.run('export', '--format', 'yaml', '--output_folder', yamlAfter);
      assert.deepEqual(filesOf(yamlAfter), exported);
      assert.deepEqual(await secretsOf(first), secrets, 'what an export masks is not lost');
    });

    test('an export makes the same tenant on another server', async () => {
      const exported = filesOf(files);
      for (const [path, text] of Object.entries(exported)) writeFileSync(join(files, path), forSecond(path, text));
      await second.run('import', '--input_file', files);
      await second.run('export', '--format', 'directory', '--output_folder', filesThere);
      const [wanted, there] = [exported, filesOf(filesThere)].map(comparable);
      assert.deepEqual(Object.keys(there!).toSorted(), Object.keys(wanted!).toSorted());
      for (const [path, content] of Object.entries(wanted!)) assert.deepEqual(there![path], content, path);
      assert.deepEqual(await secretsOf(second), secrets);
    });
  });

  test('what belongs to a server is neither carried to another nor deleted there', async () => {
    const apis = await second.make('GET', '/resource-servers');
    const system = apis.filter(({ is_system }: { is_system?: boolean }) => is_system);
    assert.deepEqual(
      system.map(({ identifier }: { identifier: string }) => identifier),
      [`https://${second.domain}/api/v2/`],
    );
    const clients = await second.make('GET', '/clients?fields=name');
    const dashboards = clients.filter(({ name }: { name: string }) => name === 'Dashboard');
    assert.equal(dashboards.length, 1);
  });

  /** What whoever deploys to another tenant writes into the files: its domain, and secrets that no export tells. */
  function forSecond(path: string, text: string): string {
    const moved = text.replaceAll(first.domain, second.domain);
    if (!path.endsWith('.json')) return moved;
    return moved
      .replace('"name": "KEY"', '"name": "KEY", "value": "hidden"')
      .replace('"credential_type": "public_key"', `"credential_type": "public_key", "pem": ${JSON.stringify(pem)}`);
  }

  /** Without the tenant's domain, times, and whether a connection of flows has the credentials that no export tells. */
  function comparable(files: Export): Record<string, unknown> {
    const left = new Set(['created_at', 'ready']);
    const read = (path: string, text: string): unknown =>
      path.endsWith('.json') ? JSON.parse(text, (key, value) => (left.has(key) ? undefined : value)) : text;
    return Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, read(path, text.replaceAll(second.domain, first.domain))]),
    );
  }
});

/** A server as anybody starts it, with HTTPS and its own authority, and the tool told of it. */
async function startServer(dataDir: string) {
  const config = { ...readConfig({}), dataDir, httpPort: 0, httpsPort: 0, logLevel: 'silent' as const };
  const running = await start(config, () => {});
  const { services } = running.app;
  const setup = await ensureSetup(services);
  return {
    services,
    domain: setup.domain,
    make: await caller(`http://localhost:${running.httpPort}`, setup),
    stop: () => running.stop(),
    /** Runs the tool to its end. @throws with what it said when it fails */
    run: (...args: string[]) =>
      new Promise<void>((resolve, reject) => {
        const env = {
          PATH: process.env.PATH,
          NODE_EXTRA_CA_CERTS: join(dataDir, 'tls', 'ca.pem'),
          AUTH0_DOMAIN: setup.domain,
          AUTH0_CLIENT_ID: setup.client_id,
          AUTH0_CLIENT_SECRET: setup.client_secret,
          AUTH0_ALLOW_DELETE: 'true',
          AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify(SECRETS),
        };
        execFile(process.execPath, [tool, ...args], { env }, (error, stdout, stderr) =>
          error ? reject(new Error(`a0deploy ${args[0]} failed:\n${stdout}${stderr}`)) : resolve(),
        );
      }),
  };
}

async function caller(base: string, setup: SetupResult): Promise<Make> {
  const send = async (method: string, path: string, body: unknown, authorization?: string) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  const { access_token } = await send('POST', '/oauth/token', {
    grant_type: 'client_credentials',
    client_id: setup.client_id,
    client_secret: setup.client_secret,
    audience: setup.management_audience,
  });
  return (method, path, body) => send(method, `/api/v2${path}`, body, `Bearer ${access_token}`);
}

/** Some of the secrets that the tool masks or leaves out. */
async function secretsOf({ services, make }: Server): Promise<unknown> {
  const connections = await make('GET', '/connections');
  const streams = await make('GET', '/log-streams');
  const mail = await emailProviderStore(services.vault).get(services.database.read, DEFAULT_TENANT, 'provider');
  return {
    connections: Object.fromEntries(
      connections.map(({ name, options }: { name: string; options?: { client_secret?: string } }) => [
        name,
        options?.client_secret,
      ]),
    ),
    streams: streams.map(({ sink }: { sink: object }) => sink),
    mail: mail?.credentials,
  };
}

function filesOf(folder: string): Export {
  const files: Export = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}
