/** Who a ticket or a mail is for, and which client it is sent for. */
import { ApiError } from '../../http/errors.ts';
import type { Client } from '../clients/schema.ts';
import type { Call } from '../pipeline.ts';
import { getUser, type StoredUser } from '../users/store.ts';

type Where = Pick<Call, 'services' | 'sql' | 'context' | 'configuration'>;
type Identity = { readonly user_id: string; readonly provider: string };

/** @throws ApiError 404 when there is no such user, 400 when the identity is not one of theirs */
export async function requireTicketUser(
  { sql, context }: Where,
  userId: string,
  identity: Identity | undefined,
): Promise<StoredUser> {
  const user = await getUser(sql, context.tenant, userId);
  if (!user) throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
  const theirs = ({ user_id, provider }: Identity) =>
    user.identities.some((own) => own.provider === provider && [own.user_id, userId].includes(user_id));
  if (identity && !theirs(identity))
    throw new ApiError(400, 'The identity is not one of the user', 'inexistent_identity');
  return user;
}

/** @throws ApiError 400 when a client is named that does not exist */
export async function namedClient(
  { services, configuration }: Where,
  clientId: string | undefined,
): Promise<Client | undefined> {
  if (clientId === undefined) return undefined;
  const client = await services.directory.client(configuration, clientId);
  if (!client) throw new ApiError(400, 'The client does not exist', 'inexistent_client');
  return client;
}
