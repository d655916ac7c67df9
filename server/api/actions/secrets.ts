/** Secrets of actions and modules: what a list of them means for those that are kept, and how they are shown. */
import { invalidBody } from '../invalid.ts';
import type { StoredSecret } from './store.ts';

type GivenSecret = { readonly name: string; readonly value?: string };

/**
 * The secrets after a list was given: those that it names, the known ones first. One without a value keeps its own.
 * @throws ApiError 400 when a new one has no value, or a name comes twice
 */
export function secretsAfter(
  current: readonly StoredSecret[],
  given: readonly GivenSecret[],
  at: string,
): StoredSecret[] {
  const wanted = new Map(given.map((secret) => [secret.name, secret]));
  if (wanted.size < given.length) throw invalidBody('Names of secrets are unique', 'secrets');
  const kept = current.flatMap((secret) => {
    const next = wanted.get(secret.name);
    wanted.delete(secret.name);
    if (!next) return [];
    if (next.value === undefined || next.value === secret.value) return [secret];
    return [{ name: secret.name, value: next.value, updated_at: at }];
  });
  const added = [...wanted.values()].map(({ name, value }) => {
    if (value === undefined) throw invalidBody('Missing required property: value', 'secrets');
    return { name, value, updated_at: at };
  });
  return [...kept, ...added];
}

export function shownSecrets(secrets: readonly StoredSecret[]): { name: string; updated_at: string }[] {
  return secrets.map(({ name, updated_at }) => ({ name, updated_at }));
}
