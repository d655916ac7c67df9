/**
 * The settings of the tenant by topic. The switches ("flags") are named here one by one: the server takes any.
 */
import { EFFECTIVE_FLAGS, FLAG_DEFAULTS, settingsResource } from '../../../server/api/tenants/schema.ts';
import { type FieldSpec, type FormSection, fieldsOf } from '../forms/spec.ts';

const field = fieldsOf(settingsResource.fields);
const text = { emptied: 'text' } as const;

function flag(name: string, label: string, help: string): FieldSpec {
  return {
    path: `flags.${name}`,
    schema: { type: 'boolean' },
    kind: 'switch',
    label,
    help,
    unset: FLAG_DEFAULTS[name] ?? false,
    inert: EFFECTIVE_FLAGS.includes(name) ? undefined : 'Kept and shown; has no effect yet.',
  };
}

export const GENERAL: readonly FormSection[] = [
  {
    title: 'Identity',
    description: 'What people see of this tenant on its pages and in its mails.',
    fields: [
      field('friendly_name', { ...text, label: 'Friendly name', help: 'The name that people read.' }),
      field('picture_url', {
        ...text,
        label: 'Logo URL',
        placeholder: 'https://example.com/logo.png',
        help: 'Shown on the pages unless the branding has a logo.',
      }),
    ],
  },
  {
    title: 'Support',
    description: 'Where people who need help are sent to.',
    fields: [
      field('support_email', { ...text, label: 'Support e-mail', placeholder: 'help@example.com' }),
      field('support_url', { ...text, label: 'Support URL', placeholder: 'https://example.com/help' }),
    ],
  },
  {
    title: 'Languages',
    description: 'The pages speak the first of these that the browser of a person asks for.',
    fields: [
      field('enabled_locales', {
        label: 'Languages',
        help: 'One a line, such as en or pt-BR. The first is the default.',
      }),
    ],
  },
  {
    title: 'API authorisation',
    description: 'What requests mean that leave something open.',
    fields: [
      field('default_audience', {
        ...text,
        label: 'Default audience',
        help: 'Identifier of the API that requests without an audience are for.',
      }),
      field('default_directory', {
        ...text,
        label: 'Default directory',
        help: 'Name of the connection that the password grant uses.',
      }),
      field('default_redirection_uri', {
        ...text,
        label: 'Default redirection URI',
        help: 'Where a login goes that has no valid request.',
        placeholder: 'https://example.com/start',
      }),
    ],
  },
];

export const SESSIONS: readonly FormSection[] = [
  {
    title: 'Lifetime',
    description: 'How long people stay signed in at this server. Applications keep sessions of their own.',
    fields: [
      field('session_lifetime', {
        label: 'Log in again after',
        unit: 'hours',
        help: 'However much the session is used.',
      }),
      field('idle_session_lifetime', {
        label: 'Inactivity timeout',
        unit: 'hours',
        help: 'Without use the session ends earlier.',
      }),
      field('session_cookie.mode', {
        label: 'When the browser is closed',
        help: 'Whether the session outlives the browser.',
        unset: 'persistent',
        labels: { persistent: 'The session goes on', 'non-persistent': 'The session ends' },
      }),
      field('ephemeral_session_lifetime', { label: 'Ephemeral sessions: log in again after', unit: 'hours' }),
      field('idle_ephemeral_session_lifetime', { label: 'Ephemeral sessions: inactivity timeout', unit: 'hours' }),
    ],
  },
  {
    title: 'Logout',
    description: 'Where people may be sent after they signed out.',
    fields: [
      field('allowed_logout_urls', {
        label: 'Allowed logout URLs',
        help: 'One a line. For logouts that name no client; clients have lists of their own.',
        placeholder: 'https://example.com',
      }),
      field('sessions.oidc_logout_prompt_enabled', {
        label: 'Ask before signing out',
        help: 'When a logout request does not show who asks.',
      }),
      field('oidc_logout.rp_logout_end_session_endpoint_discovery', {
        label: 'Publish the logout endpoint',
        help: 'In the discovery document, for RP-initiated logout.',
      }),
    ],
  },
];

export const REGISTRATION: readonly FormSection[] = [
  {
    title: 'Dynamic registration',
    description:
      'Whether programs may register clients by themselves (OpenID Connect Dynamic Client Registration 1.0).',
    fields: [
      flag(
        'enable_dynamic_client_registration',
        'Dynamic client registration',
        'Anybody may register third-party clients at /oidc/register.',
      ),
      field('dynamic_client_registration_security_mode', {
        label: 'Security of registered clients',
        labels: { strict: 'Strict: PKCE and explicit grants', permissive: 'Permissive: the older rules' },
      }),
      field('client_id_metadata_document_supported', {
        label: 'Client ID metadata documents',
        help: 'A client may name itself by the address of a document about it.',
      }),
    ],
  },
  {
    title: 'Clients',
    description: 'What new clients start with.',
    fields: [
      flag(
        'enable_client_connections',
        'Switch on all connections',
        'A new client can be signed in to through every connection there is.',
      ),
      flag(
        'allow_legacy_delegation_grant_types',
        'Legacy delegation grants',
        'Clients may be given the grants of the old delegation endpoint.',
      ),
      flag(
        'allow_legacy_ro_grant_types',
        'Legacy resource owner grants',
        'Clients may be given the grants of the old resource owner endpoint.',
      ),
    ],
  },
  {
    title: 'Sign-up',
    description: 'What people learn who register.',
    fields: [
      flag(
        'enable_public_signup_user_exists_error',
        'Say that a user exists',
        'Somebody who registers with an address that is taken is told so. Otherwise nobody can find out who has an account.',
      ),
    ],
  },
];

export const ADVANCED: readonly FormSection[] = [
  {
    title: 'Protocols',
    description: 'Parts of OAuth 2.0 and OpenID Connect that a tenant chooses.',
    fields: [
      field('pushed_authorization_requests_supported', { label: 'Pushed authorisation requests', help: 'RFC 9126.' }),
      field('authorization_response_iss_parameter_supported', { label: 'Issuer in responses', help: 'RFC 9207.' }),
      field('resource_parameter_profile', {
        label: 'Resource parameter',
        labels: { audience: 'The parameter audience counts', compatibility: 'RFC 8707 is accepted as well' },
      }),
      field('mtls.enable_endpoint_aliases', { label: 'mTLS endpoint aliases', help: 'RFC 8705.' }),
      field('acr_values_supported', {
        label: 'Authentication contexts',
        help: 'One a line; published in the discovery document.',
      }),
      field('device_flow.charset', {
        label: 'Characters of device codes',
        labels: { base20: 'Letters', digits: 'Digits' },
      }),
      field('device_flow.mask', { label: 'Form of device codes', placeholder: '****-****' }),
      field('allow_organization_name_in_authentication_api', {
        label: 'Organization names in requests',
        help: 'Besides their IDs.',
      }),
    ],
  },
  {
    title: 'Pages of your own',
    description: 'HTML in place of pages of this server.',
    folded: true,
    fields: [
      field('change_password.enabled', { label: 'Password change page' }),
      field('change_password.html', { kind: 'code', label: 'HTML of the password change page' }),
      field('guardian_mfa_page.enabled', { label: 'Second factor page' }),
      field('guardian_mfa_page.html', { kind: 'code', label: 'HTML of the second factor page' }),
      field('error_page.url', { label: 'Error page URL', help: 'Errors are sent there.' }),
      field('error_page.html', { kind: 'code', label: 'HTML of the error page' }),
      field('error_page.show_log_link', { label: 'Link to the log on the error page' }),
    ],
  },
  {
    title: 'Switches',
    description: 'Kept for exported configurations.',
    folded: true,
    fields: [
      flag('enable_sso', 'Single sign-on', 'Who is signed in is not asked again by another client.'),
      flag(
        'revoke_refresh_token_grant',
        'Revoke the grant with a refresh token',
        'All tokens of the grant end together.',
      ),
      flag(
        'remove_alg_from_jwks',
        'Leave alg out of the key set',
        'So that libraries check RS512 and PS256 with its keys, too.',
      ),
      flag('enable_legacy_profile', 'Whole profile in ID tokens', 'Instead of the claims that the scopes ask for.'),
      flag('allow_legacy_tokeninfo_endpoint', 'Legacy /tokeninfo', 'The old endpoint that reads an ID token.'),
      flag(
        'enforce_client_authentication_on_passwordless_start',
        'Authenticate passwordless starts',
        'Confidential clients prove themselves.',
      ),
      flag('disable_clickjack_protection_headers', 'Allow the pages in frames', 'Takes a protection away.'),
      flag('mfa_show_factor_list_on_enrollment', 'Let people choose a factor', 'When they enrol their first one.'),
      flag(
        'no_disclose_enterprise_connections',
        'Hide enterprise connections',
        'From the public configuration of Lock.',
      ),
      flag(
        'trust_azure_adfs_email_verified_connection_property',
        'Trust addresses of Entra ID and ADFS',
        'As the connection says.',
      ),
    ],
  },
];
