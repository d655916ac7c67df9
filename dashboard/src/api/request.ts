/**
 * One function that talks to the Management API: adds the token, reads the answer, turns every failure into an
 * `ApiFailure`. It knows no resource; each feature keeps its own requests in `queries.ts`.
 */
import type { Session } from '../auth/session.ts';
import { ApiFailure } from './errors.ts';

export type RequestOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  /** JSON, or a form with a file in it. */
  body?: unknown;
  signal?: AbortSignal;
};

/** Asks `path` (below the API's base, with a leading slash) and answers the parsed JSON, or undefined for an empty answer. */
export type Api = <Answer>(path: string, options?: RequestOptions) => Promise<Answer>;

/**
 * @param base path of the Management API on this origin, such as /api/v2
 * @returns the function all features use; it throws `ApiFailure` only
 */
export function createApi(base: string, session: Session): Api {
  return async <Answer>(path: string, options: RequestOptions = {}) => {
    const token = session.accessToken();
    if (!token) return signedOut(session);
    const response = await send(base + path + search(options.query), token, options);
    if (response.status === 401) return signedOut(session);
    const text = await response.text().catch(() => '');
    // Nothing to tell: 204, and 202 for what was begun.
    if (response.ok && text === '') return undefined as Answer;
    const body = parsed(text);
    if (response.ok && body !== undefined) return body as Answer;
    throw new ApiFailure('api', body?.message ?? `The server answered with status ${response.status}.`, {
      statusCode: response.status,
      errorCode: body?.errorCode,
      retryAfter: Number(response.headers.get('retry-after')) || undefined,
    });
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

async function send(url: string, token: string, { method = 'GET', body, signal }: RequestOptions) {
  const headers = new Headers({ authorization: `Bearer ${token}`, accept: 'application/json' });
  // The browser itself writes the type of a form, with the boundary of its parts.
  const isJson = body !== undefined && !(body instanceof FormData);
  if (isJson) headers.set('content-type', 'application/json');
  try {
    return await fetch(url, { method, headers, signal, body: isJson ? JSON.stringify(body) : body });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiFailure('network', 'The server did not answer.');
  }
}

function search(query: RequestOptions['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

async function signedOut(session: Session): Promise<never> {
  await session.signInAgain();
  throw new ApiFailure('signed-out', 'Signing in again.');
}
