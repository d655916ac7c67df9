import { fieldOf, pathOf } from '../api/errors.ts';

/** Brings the field that an API error is about into sight; a form gives its fields the API's names as their ids. */
export function focusField(error: unknown): void {
  focusById(pathOf(error)) || focusById(fieldOf(error));
}

/** The same for a field by its id; false when there is no such field. */
export function focusById(id: string | undefined): boolean {
  const field = document.getElementById(id ?? '');
  field?.focus({ preventScroll: true });
  // To the middle: the browser's own scrolling would leave its label under a header that sticks.
  field?.scrollIntoView({ block: 'center' });
  return field !== null;
}
