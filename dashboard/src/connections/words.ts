/**
 * Words for the options of strategies, where the name of an option does not say enough. Keys are paths below `options`.
 */
import type { Read, Words } from '../forms/spec.ts';

const POLICIES = {
  none: 'None: anything goes',
  low: 'Low: at least 6 characters',
  fair: 'Fair: 8 characters, with lower case, upper case and digits',
  good: 'Good: 8 characters, three of four kinds',
  excellent: 'Excellent: 10 characters, three of four kinds, no more than two the same in a row',
  None: 'None (old spelling)',
};

const secret = { kind: 'secret' } as const;
const code = { kind: 'code', language: 'liquid' } as const;
const script = { kind: 'code', language: 'function' } as const;
/** Besides the function there may be others that it calls. */
const scripts = { kind: 'code', language: 'module' } as const;
const area = { kind: 'area' } as const;

const hasUsernames = (read: Read) => read('options.requires_username') === true;

export const OPTION_WORDS: Readonly<Record<string, Words>> = {
  // OAuth and OpenID Connect
  client_id: { label: 'Client ID', help: 'What the provider calls the application that you registered there.' },
  client_secret: { ...secret, label: 'Client secret', help: 'What the provider gave with the client ID.' },
  app_secret: { ...secret, kind: 'area', label: 'Client secret signing key', help: 'The private key from Apple, PEM.' },
  kid: { label: 'Key ID' },
  team_id: { label: 'Apple team ID' },
  scope: { label: 'Scope', help: 'One a line. What the provider is asked for.' },
  authorizationURL: { label: 'Authorization URL', placeholder: 'https://provider.example.com/authorize' },
  tokenURL: { label: 'Token URL', placeholder: 'https://provider.example.com/token' },
  logoutUrl: { label: 'Logout URL' },
  requestTokenURL: { label: 'Request token URL' },
  accessTokenURL: { label: 'Access token URL' },
  userAuthorizationURL: { label: 'User authorization URL' },
  pkce_enabled: { label: 'Use PKCE', help: 'RFC 7636; most providers take it.' },
  'scripts.fetchUserProfile': { ...script, label: 'Script that fetches the profile' },
  'scripts.getLogoutUrl': { ...script, label: 'Script that makes the logout URL' },
  customHeaders: { label: 'Custom headers', help: 'JSON: names and values.' },
  discovery_url: {
    label: 'Discovery URL',
    help: 'The provider’s OpenID configuration. Its endpoints are read from there when this is saved.',
    placeholder: 'https://provider.example.com/.well-known/openid-configuration',
  },
  type: {
    label: 'Flow',
    help: 'Front channel: the browser brings the ID token. Back channel: this server asks for it with a code.',
    labels: { front_channel: 'Front channel', back_channel: 'Back channel' },
  },
  issuer: { label: 'Issuer' },
  jwks_uri: { label: 'Key set URL' },
  oidc_metadata: { label: 'Provider metadata' },
  'connection_settings.pkce': { label: 'PKCE' },
  // SAML and WS-Federation
  signInEndpoint: { label: 'Sign-in URL', placeholder: 'https://idp.example.com/saml/login' },
  signOutEndpoint: { label: 'Sign-out URL' },
  signingCert: { ...area, label: 'Signing certificate', help: 'The certificate of the identity provider, PEM.' },
  cert: { ...area, label: 'Certificate' },
  metadataUrl: { label: 'Metadata URL', help: 'Endpoints and certificate are read from there when this is saved.' },
  metadataXml: { ...area, label: 'Metadata XML', help: 'Or the document itself; it is read and not kept.' },
  fedMetadataXml: { ...area, label: 'Federation metadata XML', help: 'Or the document itself.' },
  adfs_server: { label: 'ADFS server', help: 'Its host, or the address of its federation metadata.' },
  pingFederateBaseUrl: { label: 'PingFederate base URL' },
  entityId: { label: 'Entity ID' },
  protocolBinding: { label: 'Protocol binding' },
  signSAMLRequest: { label: 'Sign requests' },
  signatureAlgorithm: { label: 'Signature algorithm' },
  digestAlgorithm: { label: 'Digest algorithm' },
  user_id_attribute: { label: 'User ID attribute', help: 'Attribute that identifies a user for good.' },
  fieldsMap: { label: 'Mappings', help: 'JSON: members of the profile, and the attributes they come from.' },
  requestTemplate: { ...area, label: 'Request template' },
  decryptionKey: { ...area, label: 'Decryption key' },
  signing_key: { label: 'Signing key', help: 'JSON: key and cert, PEM.' },
  // Directories
  domain: { label: 'Domain', placeholder: 'example.com' },
  tenant_domain: { label: 'Tenant domain', placeholder: 'example.com' },
  identity_api: { label: 'Identity API' },
  useCommonEndpoint: { label: 'Use the common endpoint', help: 'People of any Microsoft Entra directory may sign in.' },
  ips: { label: 'Network addresses', help: 'One a line. From these Kerberos is used.' },
  range: { label: 'Address ranges', help: 'One a line, such as 10.0.0.0/8.' },
  kerberos: { label: 'Kerberos', help: 'People in the network sign in without a password.' },
  certAuth: { label: 'Client certificates' },
  admin_access_token: secret,
  admin_refresh_token: secret,
  // Passwordless
  'email.from': { label: 'From', placeholder: 'Example <login@example.com>' },
  'email.subject': { label: 'Subject' },
  'email.body': { ...code, label: 'Body', help: 'HTML in Liquid; {{ code }} is the code, {{ link }} the link.' },
  'email.syntax': { label: 'Template language' },
  'totp.length': { label: 'Length of the code', unit: 'digits' },
  'totp.time_step': { label: 'Lifetime of the code', unit: 'seconds' },
  provider: { label: 'Sender', labels: { sms_gateway: 'A gateway of your own', twilio: 'Twilio' } },
  from: { label: 'From', help: 'Number or name that the message comes from.' },
  template: { ...area, label: 'Message', help: 'With @@password@@ or {{ code }} where the code goes.' },
  twilio_sid: { label: 'Twilio account SID' },
  twilio_token: { ...secret, label: 'Twilio auth token' },
  messaging_service_sid: { label: 'Twilio messaging service SID' },
  gateway_url: { label: 'Gateway URL' },
  'gateway_authentication.secret': { ...secret, label: 'Gateway secret' },
  'gateway_authentication.method': { label: 'Gateway authentication' },
  'gateway_authentication.subject': { label: 'Subject of the gateway token' },
  'gateway_authentication.audience': { label: 'Audience of the gateway token' },
  // Databases
  disable_signup: {
    label: 'Disable sign-ups',
    help: 'Nobody can register by themselves; administrators still can add users.',
  },
  requires_username: { label: 'Require a username', help: 'Users have a username besides their e-mail address.' },
  'validation.username.min': { label: 'Shortest username', unit: 'characters', placeholder: '1', when: hasUsernames },
  'validation.username.max': { label: 'Longest username', unit: 'characters', placeholder: '128', when: hasUsernames },
  passwordPolicy: { label: 'Password strength', labels: POLICIES, help: 'What a new password must have.' },
  'password_complexity_options.min_length': {
    label: 'Shortest password',
    unit: 'characters',
    help: 'In place of the length that the strength asks for.',
  },
  'password_history.enable': { label: 'Password history', help: 'A new password differs from the last ones.' },
  'password_history.size': {
    label: 'Passwords that are remembered',
    placeholder: '5',
    when: (read) => read('options.password_history.enable') === true,
  },
  'password_no_personal_info.enable': {
    label: 'No personal data',
    help: 'Passwords do not contain the user’s name or address.',
  },
  'password_dictionary.enable': { label: 'No common passwords', help: 'Passwords that many people use are refused.' },
  'password_dictionary.dictionary': {
    label: 'Words that are refused as well',
    help: 'One a line.',
    when: (read) => read('options.password_dictionary.enable') === true,
  },
  brute_force_protection: {
    label: 'Brute-force protection',
    help: 'Failed logins count towards the limit of attack protection.',
  },
  'mfa.active': {
    label: 'Multi-factor authentication',
    help: 'Users of this database can be asked for a second factor.',
  },
  'mfa.return_enroll_settings': { label: 'Return enrolment settings' },
  'authentication_methods.password.enabled': { label: 'Password' },
  'authentication_methods.password.api_behavior': { label: 'Password in the API' },
  'authentication_methods.password.signup_behavior': { label: 'Password at sign-up' },
  'authentication_methods.passkey.enabled': { label: 'Passkey' },
  'authentication_methods.email_otp.enabled': { label: 'Code by e-mail' },
  'authentication_methods.phone_otp.enabled': { label: 'Code by text message' },
  'passkey_options.challenge_ui': { label: 'Passkey prompt' },
  'passkey_options.progressive_enrollment_enabled': { label: 'Offer a passkey after a password login' },
  'passkey_options.local_enrollment_enabled': { label: 'Offer a passkey on each device' },
  enabledDatabaseCustomization: { label: 'Use your own database', help: 'Users are looked up by the scripts below.' },
  import_mode: { label: 'Import users gradually', help: 'A user moves into this database with their first login.' },
  configuration: {
    label: 'Values for the scripts',
    help: 'JSON: names and texts. They are kept sealed and come back sealed.',
  },
  'customScripts.login': { ...scripts, label: 'Script: login' },
  'customScripts.get_user': { ...scripts, label: 'Script: get user' },
  'customScripts.create': { ...scripts, label: 'Script: create' },
  'customScripts.verify': { ...scripts, label: 'Script: verify' },
  'customScripts.change_password': { ...scripts, label: 'Script: change password' },
  'customScripts.delete': { ...scripts, label: 'Script: delete' },
  'customScripts.change_email': { ...scripts, label: 'Script: change e-mail' },
  'customScripts.change_username': { ...scripts, label: 'Script: change username' },
  'customScripts.change_phone_number': { ...scripts, label: 'Script: change phone number' },
  // All
  icon_url: { label: 'Icon URL', placeholder: 'https://example.com/icon.png' },
  domain_aliases: {
    label: 'E-mail domains',
    help: 'One a line. People whose address ends so are sent to this connection.',
    placeholder: 'example.com',
  },
  set_user_root_attributes: {
    label: 'Take over the profile',
    labels: {
      on_each_login: 'At each login',
      on_first_login: 'At the first login',
      never_on_login: 'Never',
    },
  },
  non_persistent_attrs: { label: 'Attributes that are not stored', help: 'One a line.' },
  upstream_params: { label: 'Upstream parameters', help: 'JSON: what is passed on to the provider.' },
  'federated_connections_access_tokens.active': { label: 'Keep the provider’s tokens for your APIs' },
};
