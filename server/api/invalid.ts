/** What handlers refuse after the schema let it pass, worded as the validation of schemas words it. */
import { Type } from 'typebox';
import { ApiError } from '../http/errors.ts';
import { PATTERNS } from '../schema/patterns.ts';

/** A body that cannot be: 400. `property` is dotted. */
export function invalidBody(problem: string, property?: string): ApiError {
  const place = property === undefined ? '' : ` on property ${property}`;
  return new ApiError(400, `Payload validation error: '${problem}'${place}.`, 'invalid_body');
}

/** A text that is no URL, or none that may be used there. */
export function invalidUrl(text: string, property: string): ApiError {
  const shown = text.slice(0, 100).replace(/\s/g, ' ');
  return invalidBody(`Object didn't pass validation for format url: ${shown}`, property);
}

/** An identifier in a path: what the server makes up holds letters, digits, `_` and `-` only. */
export function idInPath(maxLength = 64) {
  return Type.String({ minLength: 1, maxLength, pattern: PATTERNS.id });
}
