/** The reference of errors: what the sources throw, by code. */
import { apiRoutes } from '../../server/api/routes.ts';
import { REASONS, STATUS_OF } from '../../server/http/errors.ts';
import { code, generatedFrom, page, table } from './markdown.ts';
import { literal, literals, thrownOf } from './thrown.ts';

type Entry = { readonly statuses: Set<number>; readonly messages: Set<string> };
type Entries = Map<string, Entry>;

const HEAD = `There are two families for programs, and pages for people. Messages are for people and may change; programs look at the status and the code.
\`…\` stands for a value, and messages that are put together on the way are left out. Anything else that goes wrong is a bug of ours: status 500, without details, with a tracking id
that the process log has too.`;

const OAUTH_HEAD = `What \`/oauth/token\`, \`/oauth/revoke\`, \`/userinfo\` and \`/authorize\` say (RFC 6749 §5.2 and §4.1.2.1,
OpenID Connect Core §3.1.2.6, RFC 6750 §3.1): a JSON body \`{"error", "error_description"}\` with the status of the table,
or, from \`/authorize\`, the same two as parameters of the redirect. Before the redirect URI is known to be the client's,
\`/authorize\` shows a page instead of redirecting (RFC 9700 §4.1.3).`;

const API_HEAD = `What the Management API says: \`{"statusCode", "error", "message", "errorCode"}\`. A body, query or path
that is not what the operation takes is told with the property it is about and what was found there.`;

const PAGES_HEAD = `What a person sees where nothing may go back to the application. What to do about the commonest:
[when something does not work](../guides/troubleshooting.md).`;

export function errorsPage(): string {
  return page(
    '# Errors',
    generatedFrom('what the files in `server/` throw'),
    HEAD,
    '## OAuth and OpenID Connect',
    OAUTH_HEAD,
    tableOf('error', 'error_description', oauthErrors()),
    '## Management API',
    API_HEAD,
    tableOf('errorCode', 'message', apiErrors()),
    'Without an `errorCode`:',
    table(['Status', 'error', 'message'], withoutCode()),
    '## Pages',
    PAGES_HEAD,
    table(['Status', 'Title', 'What it says'], pages()),
  );
}

function oauthErrors(): Entries {
  const entries: Entries = new Map();
  for (const { args } of thrownOf('OAuthError')) {
    const name = literal(args[0]);
    if (name === undefined) continue;
    const status = /\bstatus: (\d{3})/.exec(args[2] ?? '')?.[1] ?? STATUS_OF[name] ?? 400;
    add(entries, name, Number(status), literals(args[1]));
  }
  return entries;
}

function apiErrors(): Entries {
  const entries: Entries = new Map();
  for (const { file, args } of thrownOf('ApiError')) {
    // The words of this one are where it is called.
    if (file === 'server/api/invalid.ts') continue;
    const name = literal(args[2]);
    if (name !== undefined) add(entries, name, Number(args[0]), literals(args[1]));
  }
  for (const { args } of thrownOf('invalidBody')) {
    const place = args[1] === undefined ? '' : ` on property ${literal(args[1]) ?? '…'}`;
    add(
      entries,
      'invalid_body',
      400,
      literals(args[0]).map((text) => `Payload validation error: '${text}'${place}.`),
    );
  }
  // What a helper throws is not found in the text; the operation that uses it declares it.
  for (const { operation } of apiRoutes) {
    for (const [status, names] of Object.entries(operation.errors ?? {})) {
      for (const name of names.split(', ').filter(isCode)) add(entries, name, Number(status), []);
    }
  }
  for (const [name, title] of VALIDATION) add(entries, name, 400, [`${title} validation error: …`]);
  return entries;
}

/** How `schema/validate.ts` words what the pipeline refuses. */
const VALIDATION = [
  ['invalid_body', 'Payload'],
  ['invalid_query_string', 'Query'],
  ['invalid_uri', 'Path'],
] as const;

/** Where the vendor's answers have no code, an operation names their message, which the text of the sources has too. */
function isCode(name: string): boolean {
  return /^\w+$/.test(name);
}

function withoutCode(): string[][] {
  const rows = thrownOf('ApiError')
    .filter(({ args }) => args.length === 2)
    .flatMap(({ args: [status, message] }) =>
      literals(message).map((text) => [status!, REASONS[Number(status) as keyof typeof REASONS], text]),
    );
  return [...new Map(rows.map((row) => [row.join(), row])).values()].toSorted(byText);
}

function pages(): string[][] {
  const made = thrownOf('PageError').flatMap(({ args: [, title, message, status = '400'] }) =>
    literals(title).map((text) => [text, status, literals(message)] as const),
  );
  const refused = thrownOf('refusedAddress').flatMap(({ args: [title] }) =>
    literals(title).map((text) => [text, '400', []] as const),
  );
  const said = new Map<string, { statuses: Set<string>; messages: Set<string> }>();
  for (const [title, status, messages] of [...made, ...refused]) {
    const entry = said.get(title) ?? { statuses: new Set(), messages: new Set() };
    said.set(title, entry);
    // Where it is what the framework found, it is not in the text.
    entry.statuses.add(/^\d+$/.test(status) ? status : '4xx');
    for (const message of messages) entry.messages.add(message);
  }
  return [...said]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { statuses, messages }]) => [
      [...statuses].toSorted().join(', '),
      inCell(title),
      [...messages].toSorted().map(inCell).join('<br>'),
    ]);
}

function add(entries: Entries, name: string, status: number, messages: readonly string[]): void {
  const entry = entries.get(name) ?? { statuses: new Set(), messages: new Set() };
  entries.set(name, entry);
  if (!Number.isNaN(status)) entry.statuses.add(status);
  for (const message of messages) entry.messages.add(message);
}

function tableOf(name: string, message: string, entries: Entries): string {
  return table(
    ['Status', name, message],
    [...entries]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([error, { statuses, messages }]) => [
        [...statuses].toSorted((a, b) => a - b).join(', '),
        code(error),
        [...messages].toSorted().map(inCell).join('<br>'),
      ]),
  );
}

/** A message between tags of a table: what looks like markup is text. */
function inCell(text: string): string {
  return text.replaceAll('<', '&lt;');
}

/** By status or code first. */
function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return a.join() < b.join() ? -1 : 1;
}
