/**
 * Parameters of OAuth requests, from a query, a form or JSON alike. RFC 6749 §3.1 and §3.2: an empty value counts as
 * absent, unknown ones are ignored, and none may come twice. SDKs send explicit nulls, which are absent too.
 */
import { OAuthError } from '../http/errors.ts';
import { isPlainObject } from '../schema/resource.ts';
import { isText } from '../schema/text.ts';

export type Params = {
  /** @throws OAuthError invalid_request when the parameter came twice or is malformed. */
  get(name: string): string | undefined;
  /** The same for what is only told of a request, such as in its log event: undefined when `get` throws. */
  peek(name: string): string | undefined;
  /** @throws OAuthError invalid_request when the parameter is missing. */
  require(name: string): string;
};

/** The longest value: nothing that is sent in earnest comes near it. */
const VALUE_LIMIT = 16_384;

/** @param sources bodies and queries, parsed; what is no object is left out. A name in two of them came twice */
export function readParams(...sources: unknown[]): Params {
  const objects = sources.filter(isPlainObject);
  const find = (name: string): unknown => {
    let found: unknown;
    for (const source of objects) {
      if (Object.hasOwn(source, name)) found = found === undefined ? source[name] : [found, source[name]];
    }
    return found;
  };
  const get = (name: string): string | undefined => {
    const value = find(name);
    if (value === undefined || value === null || value === '') return undefined;
    if (Array.isArray(value)) throw new OAuthError('invalid_request', `Parameter ${name} was given more than once`);
    if (typeof value !== 'string') {
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      throw new OAuthError('invalid_request', `Parameter ${name} must be a string`);
    }
    if (value.length > VALUE_LIMIT) throw new OAuthError('invalid_request', `Parameter ${name} is too long`);
    if (!isText(value)) throw new OAuthError('invalid_request', `Parameter ${name} is malformed`);
    return value;
  };
  return {
    get,
    peek(name) {
      try {
        return get(name);
      } catch (error) {
        if (error instanceof OAuthError) return undefined;
        throw error;
      }
    },
    require(name) {
      const value = get(name);
      if (value === undefined) throw new OAuthError('invalid_request', `Missing required parameter: ${name}`);
      return value;
    },
  };
}

/**
 * Nobody signs in to an organization yet, and who asks for one must not take what they get for it. The words are those of
 * the vendor for a client that may not.
 */
export function refuseOrganization(params: Params): void {
  if (params.get('organization') === undefined) return;
  throw new OAuthError('invalid_request', 'parameter organization is not allowed for this client');
}

/** Words of a space-separated list, each once (RFC 6749 §3.3). */
export function words(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(' ').filter(Boolean))];
}
