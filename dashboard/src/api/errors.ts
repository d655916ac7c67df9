/**
 * What can go wrong with a request, as one error type that screens read.
 */
import { reasonIn } from './reason.ts';

/** `api`: the server answered with an error; `network`: no answer came. */
export type FailureKind = 'api' | 'network';

export class ApiFailure extends Error {
  readonly kind: FailureKind;
  readonly statusCode: number;
  readonly errorCode: string | undefined;
  /** Seconds to wait before another try, when the server said so (429). */
  readonly retryAfter: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    answer: { statusCode?: number; errorCode?: string; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = 'ApiFailure';
    this.kind = kind;
    this.statusCode = answer.statusCode ?? 0;
    this.errorCode = answer.errorCode;
    this.retryAfter = answer.retryAfter;
  }
}

/** A title and a sentence for any error, in the words of whoever has to act on it. */
export function explain(error: unknown): { title: string; detail: string; canRetry: boolean } {
  if (!(error instanceof ApiFailure)) {
    return { title: 'Something went wrong', detail: error instanceof Error ? error.message : '', canRetry: true };
  }
  if (error.kind === 'network') {
    return { title: 'The server did not answer', detail: 'Check that it is running, then try again.', canRetry: true };
  }
  const missing = missingScopes(error);
  if (missing) return { ...refusal(missing), canRetry: false };
  if (error.statusCode === 404) {
    return { title: 'It is not there any more', detail: `It was deleted meanwhile. ${error.message}`, canRetry: false };
  }
  if (error.statusCode === 429) {
    const wait = error.retryAfter ? `Try again in ${error.retryAfter} s.` : 'Wait a moment and try again.';
    return { title: 'Too many requests', detail: wait, canRetry: true };
  }
  if (error.statusCode >= 500) return { title: 'The server failed', detail: error.message, canRetry: true };
  const reason = reasonIn(error.message);
  const detail = reason ? `${pathOf(error)}: ${reason}` : error.message;
  return { title: 'The server refused this', detail, canRetry: false };
}

/** The same for the field that the error is about, in a sentence. */
export function reasonOf(error: Error | null | undefined): string | undefined {
  return error ? (reasonIn(error.message) ?? error.message) : undefined;
}

/** What is told to who has none of the scopes of which it takes one. */
export function refusal(scopes: readonly string[]): { title: string; detail: string } {
  return {
    title: 'Your roles do not allow this',
    detail: `It needs ${scopes.join(' or ')}, which none of your roles gives you. Ask an administrator for a role that does.`,
  };
}

/** The reason inside the API's sentence about a query that it does not understand. */
export function queryReasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return /'(.*)' on property/.exec(message)?.[1] ?? message;
}

/** The scopes of which the API wanted one (or all), when that is why it refused. */
export function missingScopes(error: unknown): string[] | undefined {
  if (!(error instanceof ApiFailure) || error.errorCode !== 'insufficient_scope') return undefined;
  return /expected (?:any|all) of: ([\w:,]+)/.exec(error.message)?.[1]?.split(',');
}

/**
 * The property an API error is about, down to the list it is in: `callbacks` for "… on property callbacks[0] (…)",
 * `refresh_token.leeway` for "… on property refresh_token.leeway", undefined when it names none. A form shows a whole
 * list in one field, so what follows a bracket is left out.
 */
export function pathOf(error: unknown): string | undefined {
  if (!(error instanceof ApiFailure) || error.statusCode !== 400) return undefined;
  const named = /on property ([\w.-]+)/.exec(error.message) ?? /property: '?([\w.-]+)/.exec(error.message);
  return named?.[1]?.replace(/\.$/, '');
}

/** The first part of that path, which is the field of a form that has one for each member of a request. */
export function fieldOf(error: unknown): string | undefined {
  return pathOf(error)?.split('.')[0];
}

/** The same for a thing with a name; that the name is taken is a conflict, which names no field. */
export function fieldOrName(error: unknown): string | undefined {
  return error instanceof ApiFailure && error.statusCode === 409 ? 'name' : fieldOf(error);
}

/** Where a form tells why a request failed: at the field that it is about, or elsewhere. */
export type Placed = { at: (field: string) => string | undefined; elsewhere: Error | null | undefined };

/**
 * @param fields those of the form
 * @param about the field of the error, where the API does not name it as it usually does
 */
export function placed(error: Error | null | undefined, fields: readonly string[], about = fieldOf(error)): Placed {
  const isAtField = about !== undefined && fields.includes(about);
  return {
    at: (field) => (isAtField && field === about ? reasonOf(error) : undefined),
    elsewhere: isAtField ? undefined : error,
  };
}
