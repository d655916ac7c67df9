/**
 * One function that talks to the Management API: adds the token, renews one that has ended, waits when the server asks
 * for it, reads the answer, turns every failure into an `ApiFailure`. It knows no resource; each feature keeps its own requests in `queries.ts`.
 */
import type { Session } from '../auth/session.ts';
import { ApiFailure, missingScopes } from './errors.ts';
import type { TroubleStore } from './trouble.ts';
import { upload } from './upload.ts';

export type RequestOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  /** JSON, or a form with a file in it. */
  body?: unknown;
  signal?: AbortSignal;
  /** Told what share of a form has left, from 0 to 1, as often as there is something new. */
  onSent?: (share: number) => void;
};

/** Asks `path` (below the API's base, with a leading slash) and answers the parsed JSON, or undefined for an empty answer. */
export type Api = <Answer>(path: string, options?: RequestOptions) => Promise<Answer>;

/** How often a request is sent again after the server asked to wait. */
const PATIENCE = 3;
/** The longest wait (s) that is sat out; what takes longer is told instead. */
const LONGEST_WAIT = 90;

/**
 * @param base path of the Management API on this origin, such as /api/v2
 * @returns the function all features use; it throws `ApiFailure` only
 */
export function createApi(base: string, session: Session, trouble: TroubleStore): Api {
  /** The answer to a request, past what is no answer to it: a token that has ended, a server that asks to wait. */
  async function answerTo(url: string, options: RequestOptions): Promise<Response> {
    let hasRenewed = false;
    for (let waits = 0; ; ) {
      if (!session.accessToken()) await session.renew();
      const response = await send(url, session.accessToken() ?? '', options, trouble);
      if (response.status === 401 && !hasRenewed) {
        hasRenewed = true;
        await session.renew();
        continue;
      }
      // A request that was refused for this has done nothing yet: it may be sent again, whatever it is for.
      const seconds = retryAfter(response);
      if (response.status !== 429 || waits >= PATIENCE || !seconds || seconds > LONGEST_WAIT) return response;
      waits++;
      await trouble.wait(seconds, options.signal);
    }
  }

  return async <Answer>(path: string, options: RequestOptions = {}) => {
    const response = await answerTo(base + path + search(options.query), options);
    const text = await response.text().catch(() => '');
    // Nothing to tell: 204, and 202 for what was begun.
    if (response.ok && text === '') return undefined as Answer;
    const body = parsed(text);
    if (response.ok && body !== undefined) return body as Answer;
    const failure = new ApiFailure('api', body?.message ?? `The server answered with status ${response.status}.`, {
      statusCode: response.status,
      errorCode: body?.errorCode,
      retryAfter: retryAfter(response),
    });
    // The roles have changed since the token was given: what is offered from now on should follow them.
    const { scopes } = session.state();
    if (missingScopes(failure)?.some((scope) => scopes.has(scope))) await session.refresh().catch(() => {});
    throw failure;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: callers say what they asked for; errors are looked into
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function send(
  url: string,
  token: string,
  { method = 'GET', body, signal, onSent }: RequestOptions,
  trouble: TroubleStore,
) {
  const headers = new Headers({ authorization: `Bearer ${token}`, accept: 'application/json' });
  // The browser itself writes the type of a form, with the boundary of its parts.
  const isJson = body !== undefined && !(body instanceof FormData);
  if (isJson) headers.set('content-type', 'application/json');
  try {
    const response =
      onSent && body instanceof FormData
        ? await upload(url, { method, headers, body, signal }, onSent)
        : await fetch(url, { method, headers, signal, body: isJson ? JSON.stringify(body) : body });
    trouble.answered();
    return response;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    trouble.noAnswer();
    throw new ApiFailure('network', 'The server did not answer.');
  }
}

function search(query: RequestOptions['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

function retryAfter(response: Response): number | undefined {
  return Number(response.headers.get('retry-after')) || undefined;
}
