/**
 * Takes away what hung on something that was deleted: users of a connection, tokens of a client, members of an
 * organization, who had a role. There may be hundreds of thousands, which no unit of work can hold without holding up
 * everybody. So what is deleted goes at once, in the unit that deletes it, and nobody finds what hung on it; the rest
 * goes in pieces, noted in that same unit. One process at a time works on what is noted, and another one goes on where it
 * stopped.
 */
import { sql as text } from 'kysely';
import { throwAll } from '../jobs/runner.ts';
import { randomHex } from '../keys/secrets.ts';
import type { Services } from '../services.ts';
import type { Sql } from '../storage/database.ts';
import { type Collection, collection, unsealed } from '../storage/documents.ts';
import { runText } from '../storage/run-text.ts';
import { statement } from '../storage/statement.ts';
import type { Tables } from '../storage/tables.ts';
import { REMOVAL } from './users/gone.ts';
import { removeSomeLinks, removeSomeUsers } from './users/removal.ts';

type What = 'connection' | 'client' | 'organization' | 'role';

type Removal = {
  readonly id: string;
  readonly what: What;
  /** The id, or the name of a connection. */
  readonly of: string;
  /** What is made later is somebody else's. Milliseconds. */
  readonly since: number;
  /** How far it has come; at the beginning unless given. */
  readonly place?: Place;
  /** The process that works on it, which others leave alone until then (milliseconds). */
  readonly lease?: { readonly owner: string; readonly until: number };
};

/** A row of the table below, and after which key it goes on. */
type Place = { readonly piece: number; readonly after: string };

const removals: Collection<Removal> = collection<Removal>(
  {
    kind: REMOVAL,
    id: 'id',
    keys: { connection: { of: ({ what, of }) => (what === 'connection' ? of : undefined), unique: true } },
  },
  unsealed,
);

/** Where the work on a removal stands, which changes none of its keys. */
const keepStand = statement<{ tenant: string; id: string; doc: string; now: number }>((q, bind) =>
  q
    .updateTable('documents')
    .set({ doc: bind('doc'), updated_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', REMOVAL)
    .where('id', '=', bind('id')),
);

/** Takes some away. Answers the key to go on after, or undefined when nothing is left. */
type Piece = (sql: Sql, tenant: string, removal: Removal, after: string) => Promise<string | undefined>;

const PIECES: Readonly<Record<What, readonly Piece[]>> = {
  connection: [
    (sql, tenant, { of }) => removeSomeUsers(sql, tenant, of),
    (sql, tenant, { of }) => removeSomeLinks(sql, tenant, of),
  ],
  client: [
    walked('refresh_tokens', 'grant_id', 'client_id'),
    walked('grants', 'id', 'client_id'),
    walked('codes', 'code_hash', 'client_id'),
    walked('login_transactions', 'state_hash', 'client_id'),
  ],
  organization: [
    listed('organization_members', 'organization_id', 'user_id'),
    listed('organization_member_roles', 'organization_id', 'user_id'),
  ],
  role: [listed('role_users', 'role_id', 'user_id'), listed('organization_member_roles', 'role_id', 'user_id')],
};

/** Rows of a piece: some milliseconds of work. */
const ROWS = 200;
/** Rows of a piece that are looked at where no index leads to those that go. */
const LOOKED_AT = 1000;

/** Where an index begins with what is removed. */
function listed<Table extends keyof Tables>(
  table: Table,
  column: keyof Tables[Table] & string,
  key: keyof Tables[Table] & string,
): Piece {
  const [at, named, id] = [text.table(table), text.ref(column), text.ref(key)];
  return async (sql, tenant, { of }) => {
    const some = text`select ${id} from ${at} where tenant = ${tenant} and ${named} = ${of} limit ${text.lit(ROWS)}`;
    const gone = await runText(
      sql,
      text`delete from ${at} where tenant = ${tenant} and ${named} = ${of} and ${id} in (${some}) returning 1 as one`,
    );
    return gone.length > 0 ? '' : undefined;
  };
}

/** Where no index does: all rows are looked at once, in the order of their key. */
function walked<Table extends keyof Tables>(
  table: Table,
  key: keyof Tables[Table] & string,
  column: keyof Tables[Table] & string,
): Piece {
  const [at, id, named] = [text.table(table), text.ref(key), text.ref(column)];
  return async (sql, tenant, { of, since }, after) => {
    const rows = await runText<{ key: string; theirs: boolean | number }>(
      sql,
      text`select ${id} as key, ${named} = ${of} and created_at <= ${since} as theirs from ${at}
        where tenant = ${tenant} and ${id} > ${after} order by ${id} limit ${text.lit(LOOKED_AT)}`,
    );
    const theirs = rows.filter((row) => row.theirs).slice(0, ROWS);
    if (theirs.length > 0) {
      const keys = text.join(theirs.map((row) => row.key));
      await runText(sql, text`delete from ${at} where tenant = ${tenant} and ${id} in (${keys})`);
    }
    if (theirs.length === ROWS) return theirs.at(-1)!.key;
    return rows.length === LOOKED_AT ? rows.at(-1)!.key : undefined;
  };
}

/** Takes away what hung on something, in the unit of work that deletes it, as far as that is little; else it is noted. */
export async function removeDependants(
  { services, sql, context }: { services: Services; sql: Sql; context: { tenant: string; now: number } },
  what: What,
  of: string,
): Promise<void> {
  const { tenant, now } = context;
  const removal: Removal = { id: randomHex(16), what, of, since: now };
  for (const piece of PIECES[what]) {
    if (await finished(piece, sql, tenant, removal)) continue;
    await removals.insert(sql, tenant, removal, now);
    sql.afterCommit(() => services.nudge('removals'));
    return;
  }
}

/** Whether one piece and the look after it are all there is to do. */
async function finished(piece: Piece, sql: Sql, tenant: string, removal: Removal): Promise<boolean> {
  const next = await piece(sql, tenant, removal, '');
  return next === undefined || (await piece(sql, tenant, removal, next)) === undefined;
}

/** How long one run works, in milliseconds, but for a piece at least: a stop waits for as long. */
const RUN = 500;
/** How long a lease holds after a piece. A process that stopped is followed by another one after this time. */
const LEASE = 5000;

/** The work on what is noted. `work` answers whether there is more to do for this process. */
export function makeRemover(services: Services, { run = RUN } = {}): { work(): Promise<boolean> } {
  const { database, clock } = services;
  const owner = randomHex(16);
  const isElsewhere = ({ lease }: Removal) => lease !== undefined && lease.owner !== owner && lease.until > clock();

  /** @returns whether this process has more to do of it */
  async function doPiece(tenant: string, id: string): Promise<boolean> {
    return database.write(async (sql) => {
      // Read to be written back: of two processes that begin at once, one sees the lease of the other.
      const removal = await removals.get(sql, tenant, id);
      if (!removal || isElsewhere(removal)) return false;
      const { piece, after } = removal.place ?? { piece: 0, after: '' };
      const take = PIECES[removal.what][piece];
      if (!take) {
        await finish(sql, services, tenant, removal);
        return false;
      }
      const next = await take(sql, tenant, removal, after);
      const place = next === undefined ? { piece: piece + 1, after: '' } : { piece, after: next };
      const now = clock();
      const doc: Removal = { ...removal, place, lease: { owner, until: now + LEASE } };
      await sql.run(keepStand, { tenant, id, doc: JSON.stringify(doc), now });
      return true;
    });
  }

  /** @returns whether this process has more to do of it when the time is over */
  async function workOn(tenant: string, id: string, until: number): Promise<boolean> {
    do {
      const began = performance.now();
      if (!(await doPiece(tenant, id))) return false;
      // As long as it took, so that logins get at least half of the processor.
      await new Promise((resolve) => setTimeout(resolve, performance.now() - began));
    } while (performance.now() < until);
    return true;
  }

  return {
    async work() {
      const until = performance.now() + run;
      const { build, query } = database.read;
      const errors: unknown[] = [];
      for (const { tenant } of await query(build.selectFrom('tenants').select('tenant'))) {
        for (const removal of await removals.list(database.read, tenant)) {
          try {
            if (!isElsewhere(removal) && (await workOn(tenant, removal.id, until))) return true;
          } catch (error) {
            // What is wrong with one removal does not hold up the others.
            errors.push(error);
          }
        }
      }
      throwAll(errors);
      return false;
    },
  };
}

async function finish(sql: Sql, services: Services, tenant: string, removal: Removal): Promise<void> {
  await removals.remove(sql, tenant, removal.id);
  if (removal.what === 'connection') await services.configurations.touch(sql, tenant);
}
