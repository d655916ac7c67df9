/** What the tests of organizations make over and over. */
import type { TestServer } from '../../testing.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
type Json = any;

let counter = 0;

/** Makers of what organizations are made of; each call makes another one. */
export function makers(server: TestServer) {
  const unique = (name: string) => `${name}-${++counter}`;
  return {
    unique,
    organization: (more: object = {}): Promise<Json> =>
      server.make('POST', '/organizations', { name: unique('acme'), ...more }),
    user: (): Promise<Json> =>
      server.make('POST', '/users', {
        connection: 'Username-Password-Authentication',
        email: `${unique('jo')}@example.com`,
        name: unique('Jo'),
        password: 'Nine-lives 4 cats',
      }),
    connection: (strategy = 'auth0', more: object = {}): Promise<Json> =>
      server.make('POST', '/connections', { name: unique('connection'), strategy, ...more }),
    client: (more: object = {}): Promise<Json> => server.make('POST', '/clients', { name: unique('Client'), ...more }),
    role: (more: object = {}): Promise<Json> => server.make('POST', '/roles', { name: unique('Role'), ...more }),
    /** There is no operation that makes a group: directories do. Answers the id. */
    async group(more: object = {}): Promise<string> {
      const id = `grp_${unique('group').replace('-', 'x').replaceAll('0', 'o').padEnd(14, 'z')}`;
      const group = { id, name: unique('Group'), created_at: new Date().toISOString(), ...more };
      await server.services.database.write((sql) =>
        server.services.stores.groups.insert(sql, server.tenant, group, Date.now()),
      );
      return id;
    },
  };
}
