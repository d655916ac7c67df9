import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { ConfigError, describeVariables, readConfig, variables } from './config.ts';

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message.split('\n');
  }
  return [];
}

test('an empty environment gives the defaults', () => {
  const defaults = {
    httpPort: 3000,
    httpsPort: 3443,
    host: '127.0.0.1',
    dataDir: './data',
    trustProxy: false,
    allowPrivateEgress: false,
    apiRateLimit: 60_000,
    logLevel: 'warn',
    mailFrom: 'Latchkey <no-reply@localhost>',
    twilioUrl: 'https://api.twilio.com',
  };
  assert.deepEqual(readConfig({}), defaults);
  assert.deepEqual(readConfig({ HOME: '/root', LATCHKEY_HTTP_PORT: '', DATABASE_URL: ' ' }), defaults);
});

test('every variable is read', () => {
  const masterKey = randomBytes(32);
  const config = readConfig({
    LATCHKEY_HTTP_PORT: '0',
    LATCHKEY_HTTPS_PORT: 'off',
    LATCHKEY_HOST: '::',
    LATCHKEY_DATA_DIR: '/var/lib/latchkey',
    DATABASE_URL: 'postgres://latchkey:pw@db/latchkey',
    LATCHKEY_PUBLIC_URL: 'https://login.example.com/',
    LATCHKEY_MASTER_KEY: masterKey.toString('base64'),
    LATCHKEY_TLS_CERT: 'chain.pem',
    LATCHKEY_TLS_KEY: 'key.pem',
    LATCHKEY_TRUST_PROXY: '10.0.0.0/8, fd00::/8, 192.0.2.1',
    LATCHKEY_ALLOW_PRIVATE_EGRESS: 'true',
    LATCHKEY_API_RATE_LIMIT: '120',
    LATCHKEY_LOG_LEVEL: 'silent',
    LATCHKEY_SMTP_URL: 'smtps://user:pw@mail.example.com',
    LATCHKEY_MAIL_FROM: 'Example <login@example.com>',
    LATCHKEY_TWILIO_URL: 'https://gateway.example.com/',
  });
  assert.deepEqual(config, {
    httpPort: 0,
    httpsPort: 'off',
    host: '::',
    dataDir: '/var/lib/latchkey',
    databaseUrl: 'postgres://latchkey:pw@db/latchkey',
    publicUrl: 'https://login.example.com',
    masterKey,
    tlsCert: 'chain.pem',
    tlsKey: 'key.pem',
    trustProxy: '10.0.0.0/8,fd00::/8,192.0.2.1',
    allowPrivateEgress: true,
    apiRateLimit: 120,
    logLevel: 'silent',
    smtpUrl: 'smtps://user:pw@mail.example.com',
    mailFrom: 'Example <login@example.com>',
    twilioUrl: 'https://gateway.example.com',
  });
  assert.deepEqual(Object.keys(config).sort(), Object.keys(variables).sort());
});

test('what each variable refuses', () => {
  const refused: Record<string, string[]> = {
    LATCHKEY_HTTP_PORT: ['65536', '-1', '80a', '1.5', 'off'],
    LATCHKEY_HTTPS_PORT: ['none', '99999'],
    LATCHKEY_HOST: ['http://localhost', 'a b'],
    DATABASE_URL: ['mysql://db/x', 'db'],
    LATCHKEY_TWILIO_URL: ['api.twilio.com', 'https://api.twilio.com/v1'],
    LATCHKEY_PUBLIC_URL: [
      'login.example.com',
      'https://a.example/path',
      'ftp://a.example',
      'https://u:p@a.example',
      'https://a.example/?q',
    ],
    LATCHKEY_MASTER_KEY: ['short', randomBytes(31).toString('base64'), randomBytes(33).toString('base64')],
    LATCHKEY_TRUST_PROXY: ['yes', '10.0.0.0/33', '10.0.0/8', '10.0.0.1,', 'proxy.example', '10.0.0.0/'],
    LATCHKEY_ALLOW_PRIVATE_EGRESS: ['1', 'TRUE'],
    LATCHKEY_LOG_LEVEL: ['verbose', 'WARN'],
    LATCHKEY_SMTP_URL: ['mail.example.com:25'],
    LATCHKEY_MAIL_FROM: ['nobody', 'A <a@b.c> B', 'a@b@c'],
  };
  for (const [name, texts] of Object.entries(refused)) {
    for (const text of texts) {
      const problems = problemsOf({ [name]: text });
      assert.equal(problems.length, 1, `${name}=${text}`);
      assert.match(problems[0]!, new RegExp(`^${name} must be `), `${name}=${text}`);
    }
  }
});

test('a database may be reached over a Unix socket', () => {
  const databaseUrl = 'postgresql://latchkey@/latchkey?host=/run/postgresql';
  assert.equal(readConfig({ DATABASE_URL: databaseUrl }).databaseUrl, databaseUrl);
});

test('all problems are told at once, one on each line', () => {
  const problems = problemsOf({ LATCHKEY_HTTP_PORT: 'x', LATCHKEY_LOG_LEVEL: 'loud', LATCHKEY_TLS_CERT: 'chain.pem' });
  assert.deepEqual(problems, [
    'LATCHKEY_HTTP_PORT must be a port number from 0 to 65535, not "x".',
    'LATCHKEY_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
    'LATCHKEY_TLS_CERT and LATCHKEY_TLS_KEY must be given together.',
  ]);
});

test('one port cannot serve both protocols, unless both are to be free ones', () => {
  assert.match(problemsOf({ LATCHKEY_HTTPS_PORT: '3000' })[0]!, /must differ; both are 3000/);
  assert.deepEqual(problemsOf({ LATCHKEY_HTTP_PORT: '0', LATCHKEY_HTTPS_PORT: '0' }), []);
});

test('a misspelt name is refused with the name that was meant', () => {
  assert.deepEqual(problemsOf({ LATCHKEY_HTTPPORT: '80', LATCHKEY_MASTERKEY: 'hush' }), [
    'LATCHKEY_HTTPPORT is not a variable of Latchkey. Did you mean LATCHKEY_HTTP_PORT?',
    'LATCHKEY_MASTERKEY is not a variable of Latchkey. Did you mean LATCHKEY_MASTER_KEY?',
  ]);
});

test('the variables that Kubernetes adds for a Service called latchkey are not ours', () => {
  const links = {
    LATCHKEY_SERVICE_HOST: '10.0.0.11',
    LATCHKEY_SERVICE_PORT_HTTP: '3000',
    LATCHKEY_PORT: 'tcp://10.0.0.11:3000',
    LATCHKEY_PORT_3000_TCP_ADDR: '10.0.0.11',
  };
  assert.deepEqual(problemsOf(links), []);
});

test('no message shows a secret', () => {
  const env = { DATABASE_URL: 'hush-1', LATCHKEY_MASTER_KEY: 'hush-2', LATCHKEY_SMTP_URL: 'hush-3' };
  const problems = problemsOf(env);
  assert.equal(problems.length, 3);
  assert.doesNotMatch(problems.join('\n'), /hush/);
});

test('the description names every variable with its default', () => {
  const text = describeVariables();
  for (const { name, description } of Object.values(variables)) {
    assert.ok(text.includes(name) && text.includes(description), name);
  }
  assert.match(text, /Default: 3443/);
});
