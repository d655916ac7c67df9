/** A JSON Web Token taken apart for the eye (RFC 7519). Nothing is verified: it is shown, not trusted. */
export type DecodedToken = { readonly header: object; readonly payload: object };

/** The parts of a token; undefined when it is no signed JWT. */
export function decodeToken(token: string): DecodedToken | undefined {
  const [header, payload, signature] = token.split('.');
  if (!header || !payload || !signature) return undefined;
  try {
    return { header: parse(header), payload: parse(payload) };
  } catch {
    return undefined;
  }
}

function parse(part: string): object {
  const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
