/**
 * The error families. Thrown anywhere, rendered in one place (`http/server.ts`). Anything else that is thrown is a
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
    // What it repeats of a request was cut, maybe within a character, and half of one cannot be put into an address.
    this.description = description.toWellFormed();
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
  414: 'URI Too Long',
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
  /** What helps whoever made the application, by its name: shown apart from the message. */
  readonly details: Readonly<Record<string, string>>;
  constructor(code: string, title: string, message: string, status = 400, details: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.title = title;
    this.status = status;
    this.details = details;
  }
}

/**
 * A page for an address that is not registered: nobody is sent there. Who uses the application learns that the fault is
 * not theirs, who made it which address that was and where it is added.
 * @param setting where the dashboard has the list that it is missing from
 */
export function refusedAddress(title: string, parameter: string, address: string | undefined, setting: string[]) {
  const message =
    address === undefined
      ? 'The application did not say where to go back to. Nobody was logged in or sent anywhere.'
      : 'The application asked to go back to an address that is not registered for it, so nobody was sent there.';
  return new PageError('invalid_request', title, message, 400, {
    ...(address === undefined ? { Missing: parameter } : { [`Refused ${parameter}`]: shortened(address) }),
    'Add it in the dashboard': setting.join(' › '),
  });
}

/** A page for a client that is not there: an application that came from elsewhere still has its old `client_id`. */
export function unknownClient(id: string): PageError {
  const message = 'The application that sent you here is not known. Nobody was logged in or sent anywhere.';
  return new PageError('invalid_request', 'Unknown application', message, 400, {
    'Refused client_id': shortened(id),
    'Find the right one in the dashboard': 'Clients',
  });
}

/** In characters: enough to be told from others; a page is no place for kilobytes. */
const ADDRESS_LIMIT = 200;

function shortened(address: string): string {
  const characters = [...address];
  return characters.length <= ADDRESS_LIMIT ? address : `${characters.slice(0, ADDRESS_LIMIT).join('')}…`;
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
