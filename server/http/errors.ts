/**
 * The two error families. Thrown anywhere, rendered in one place (`http/server.ts`). Anything else that is thrown is a
 * bug: it is logged with its cause and answered with a bare 500.
 */

/** RFC 6749 §5.2 and §4.1.2.1: what an OAuth endpoint answers. */
export class OAuthError extends Error {
  readonly code: string;
  readonly description: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Members of the body besides `error` and `error_description`. */
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(
    code: string,
    description: string,
    options: {
      status?: number;
      headers?: Record<string, string>;
      extra?: Record<string, unknown>;
      cause?: unknown;
    } = {},
  ) {
    super(`${code}: ${description}`, { cause: options.cause });
    this.code = code;
    this.description = description;
    this.status = options.status ?? STATUS_OF[code] ?? 400;
    this.headers = options.headers ?? {};
    this.extra = options.extra ?? {};
  }
}

/** The status that belongs to a code unless the thrower says otherwise, as the vendor's service answers. */
export const STATUS_OF: Readonly<Record<string, number>> = {
  access_denied: 403,
  invalid_client: 401,
  invalid_grant: 403,
  unauthorized_client: 403,
  unsupported_grant_type: 403,
  invalid_token: 401,
  insufficient_scope: 403,
  mfa_required: 403,
  too_many_attempts: 429,
  server_error: 500,
};

/** The Management API's error body: `{statusCode, error, message, errorCode}`. */
export class ApiError extends Error {
  readonly status: number;
  readonly errorCode: string | undefined;
  constructor(status: keyof typeof REASONS, message: string, errorCode?: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

export const REASONS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

/** A page for a person: what went wrong before anything could be sent back to the application. */
export class PageError extends Error {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  constructor(code: string, title: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.title = title;
    this.status = status;
  }
}

export function apiErrorBody(error: ApiError): Record<string, unknown> {
  return {
    statusCode: error.status,
    error: REASONS[error.status as keyof typeof REASONS] ?? 'Error',
    message: error.message,
    ...(error.errorCode ? { errorCode: error.errorCode } : {}),
  };
}

export function oauthErrorBody(error: OAuthError): Record<string, unknown> {
  return { error: error.code, error_description: error.description, ...error.extra };
}
