/** Every setting of a client that the dashboard offers, whatever its topic, and what the server's description says of it. */
import { clientResource } from '../../../../server/api/clients/schema.ts';
import { CLIENT_TYPE_VALUES, type ClientType } from '../type-values.ts';
import { ADVANCED } from './advanced-topics.ts';
import type { FieldSpec } from './spec.ts';
import { TOPICS } from './topics.ts';

/** Set with other fields and shown by none. */
const FOLLOWING: readonly FieldSpec[] = [{ path: 'refresh_token.expiration_type', kind: 'text', label: 'Expiration' }];

export const FIELD_SPECS: readonly FieldSpec[] = [
  ...[...TOPICS, ...ADVANCED].flatMap(({ fields }) => fields),
  ...FOLLOWING,
];

const INERT = new Map(
  Object.entries(clientResource.fields as Readonly<Record<string, { readonly inert?: string }>>).map(
    ([name, field]) => [name, field.inert],
  ),
);

/** Why a setting has no effect yet; undefined for one that has. */
export function inertReason(path: string): string | undefined {
  return INERT.get(path.split('.')[0]!);
}

/** Whether a topic or field is for clients of this type. A client without a known type is shown everything. */
export function isFor(part: { readonly types?: readonly ClientType[] }, appType: unknown): boolean {
  if (!part.types || !(CLIENT_TYPE_VALUES as readonly unknown[]).includes(appType)) return true;
  return part.types.includes(appType as ClientType);
}
