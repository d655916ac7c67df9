/** The `latchkey` command. Each subcommand is a row of the table; without one, the server starts. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ConfigError, describeVariables, readConfig } from './config.ts';

type Command = {
  readonly usage: string;
  readonly summary: string;
  readonly run: (args: string[]) => Promise<void>;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  start: { usage: 'start', summary: 'Start the server (the default).', run: startServer },
  setup: {
    usage: 'setup [--json]',
    summary: 'Make an administrator and a client for the Management API, or tell those made before.',
    run: runSetup,
  },
  backup: {
    usage: 'backup FILE',
    summary: 'Write a consistent copy of the SQLite database, also while the server runs.',
    run: runBackup,
  },
};

async function startServer(args: string[]): Promise<void> {
  // It takes none: a port that was given here would be a setting silently not made.
  parseArgs({ args });
  // libuv's pool, where hashing and signing run, has four threads whatever the machine. More of them than there are
  // processors only take turns, which costs a token some 3 %; the one more is for what waits for a disk or the network.
  // The pool is made at its first use.
  process.env.UV_THREADPOOL_SIZE ||= String(availableParallelism() + 1);
  const { start } = await import('./main.ts');
  const running = await start(readConfig(process.env));
  const stop = (): void => {
    // A second signal ends the process at once.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

async function runSetup(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const { setup } = await import('./setup.ts');
  const result = await setup(readConfig(process.env));
  if (values.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(20)} ${value}`);
}

async function runBackup(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError('backup needs one FILE');
  const config = readConfig(process.env);
  if (config.databaseUrl) throw new UsageError('PostgreSQL is backed up by pg_dump, also while the server runs');
  const [{ existsSync }, { dirname, join }, { openDatabase }] = await Promise.all([
    import('node:fs'),
    import('node:path'),
    import('./storage/database.ts'),
  ]);
  // Opening would make an empty database, and the backup of the wrong folder would look like a good one.
  if (!existsSync(join(config.dataDir, 'latchkey.db'))) {
    throw new UsageError(`There is no database in ${config.dataDir} (LATCHKEY_DATA_DIR)`);
  }
  if (existsSync(file)) throw new UsageError(`${file} exists; a backup does not overwrite`);
  if (!existsSync(dirname(file))) throw new UsageError(`There is no folder ${dirname(file)}`);
  // Password hashes and log events are in it: for nobody else's eyes, as the database itself.
  process.umask(0o077);
  const database = await openDatabase(config);
  try {
    await database.backup(file);
  } finally {
    await database.close();
  }
  console.log(
    `Backup written to ${file}. Keep the master key too, in another place: without it the secrets in the backup cannot be read.`,
  );
}

class UsageError extends Error {}

const FILES = 'See LATCHKEY_DATA_DIR, LATCHKEY_TLS_CERT, LATCHKEY_TLS_KEY';
const DATABASE = 'See DATABASE_URL';

/** Where to look when a start fails with one of these codes of Node.js or PostgreSQL. */
const REMEDIES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another port: LATCHKEY_HTTP_PORT, LATCHKEY_HTTPS_PORT',
  EADDRNOTAVAIL: 'See LATCHKEY_HOST',
  ENOENT: FILES,
  EACCES: `${FILES}; ports below 1024 are for root alone`,
  EEXIST: FILES,
  ENOTDIR: FILES,
  EROFS: FILES,
  ECONNREFUSED: DATABASE,
  ENOTFOUND: DATABASE,
  ETIMEDOUT: DATABASE,
  DATABASE_IS_NEWER: 'Start the release that migrated it, or a newer one',
  '28000': DATABASE,
  '28P01': DATABASE,
  '3D000': DATABASE,
};

function help(): string {
  const commands = Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage.padEnd(16)} ${summary}`);
  return [
    'Usage: latchkey [COMMAND]',
    '',
    'The identity platform you run yourself that speaks Auth0.',
    '',
    'Commands',
    ...commands,
    '  --help           Show this text.',
    '  --version        Show the version.',
    '',
    'Configuration (environment)',
    describeVariables(),
  ].join('\n');
}

async function main([name = 'start', ...args]: string[]): Promise<void> {
  if (name === '--help' || name === '-h' || name === 'help' || args.includes('--help')) return console.log(help());
  if (name === '--version' || name === '-v') {
    const { VERSION } = await import('./version.ts');
    return console.log(VERSION);
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`There is no command ${name}`);
  await command.run(args);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const code = (error as NodeJS.ErrnoException).code;
  const misused = error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS');
  if (error instanceof ConfigError) console.error(error.message);
  else if (misused) {
    console.error(`latchkey: ${(error as Error).message}. See latchkey --help.`);
  } else if (code !== undefined && REMEDIES[code]) {
    // Who tries several addresses of a name in vain says so without a message.
    console.error(`latchkey: ${(error as Error).message || code}. ${REMEDIES[code]}.`);
  } else console.error(error);
  process.exit(error instanceof ConfigError || misused ? 2 : 1);
}
