/**
 * The master key, which all others are derived from: that of the environment, or one in a file of the data folder that
 * is made at the first start, mode 0600. Losing it loses every client secret and signing key. A database that was sealed
 * with another one is left alone: half of what would be written to it could be read by neither.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from '../config.ts';
import type { Sql } from '../storage/database.ts';
import { statement } from '../storage/statement.ts';
import { SEALED_AS } from './signing.ts';
import { makeVault } from './vault.ts';

const anyKey = statement<Record<never, never>, { private_key_sealed: string }>((q) =>
  q.selectFrom('signing_keys').select('private_key_sealed').limit(1),
);

/** @throws ConfigError when it is not the one that the database was sealed with */
export async function loadMasterKey(config: Pick<Config, 'masterKey' | 'dataDir'>, sql: Sql): Promise<Buffer> {
  const sealed = (await sql.first(anyKey, {}))?.private_key_sealed;
  const file = join(config.dataDir, 'master.key');
  if (sealed !== undefined && !config.masterKey && !existsSync(file)) {
    throw new ConfigError(
      `The database was sealed with a master key, and there is none in ${file}. Put that file back, or set LATCHKEY_MASTER_KEY.`,
    );
  }
  const key = config.masterKey ?? keyInFile(config.dataDir, file);
  if (sealed !== undefined && !canOpen(key, sealed)) {
    throw new ConfigError(
      `The database was sealed with another master key than that of ${config.masterKey ? 'LATCHKEY_MASTER_KEY' : file}.`,
    );
  }
  return key;
}

function keyInFile(folder: string, file: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two processes that start at once one makes the key and the other reads it.
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new ConfigError(`${file} does not hold a master key of 32 bytes.`);
  return key;
}

function canOpen(key: Buffer, sealed: string): boolean {
  try {
    makeVault(key).open(sealed, SEALED_AS);
    return true;
  } catch {
    // The cipher says no more than that it does not fit.
    return false;
  }
}
