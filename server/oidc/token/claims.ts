/** Claims of ID tokens and of `/userinfo` (OpenID Connect Core §5.1 and §5.4): which scope tells what of a user. */
import type { StoredUser } from '../../api/users/store.ts';

/** Claims that each scope releases. Instants are ISO text, as the vendor sends `updated_at`. */
const BY_SCOPE: Readonly<Record<string, (user: StoredUser) => Record<string, unknown>>> = {
  profile: (user) => ({
    name: user.name,
    given_name: user.given_name,
    family_name: user.family_name,
    nickname: user.nickname,
    preferred_username: user.username,
    picture: user.picture,
    updated_at: user.updated_at,
  }),
  email: (user) => (user.email ? { email: user.email, email_verified: user.email_verified ?? false } : {}),
  phone: (user) =>
    user.phone_number ? { phone_number: user.phone_number, phone_number_verified: user.phone_verified ?? false } : {},
};

/** What the scopes tell of a user. Absent values are left out by JSON. */
export function profileClaims(user: StoredUser, scope: readonly string[]): Record<string, unknown> {
  return Object.assign({}, ...scope.map((name) => BY_SCOPE[name]?.(user)));
}
