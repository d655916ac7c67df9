/**
 * A tenant with something of every kind that the vendor's deployment tool carries, made through the Management API as
 * an application of a customer would have made it.
 */
import { THEME } from '../../server/api/branding/testing.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of forty areas
type Any = any;

/** Calls the Management API and answers the body; throws unless the answer is good. */
export type Make = (method: string, path: string, body?: unknown) => Promise<Any>;

const LOGIN_CODE = 'exports.onExecutePostLogin = async (event, api) => {};';
const API = 'https://orders.example.com';

/** @param pem the public key of the client that signs its requests */
export async function fillTenant(make: Make, pem: string): Promise<void> {
  const clients = await fillClients(make, pem);
  await fillApis(make, clients);
  const connections = await fillConnections(make, clients);
  await fillPeople(make, connections);
  await fillExtensions(make);
  await fillForms(make);
  await fillLook(make);
  await fillMails(make);
  await fillProtection(make);
  await fillProfiles(make);
  await fillStreams(make);
}

type Clients = Record<'spa' | 'web' | 'native' | 'machine' | 'signing', Any>;

async function fillClients(make: Make, pem: string): Promise<Clients> {
  const credential = { credential_type: 'public_key', name: 'first', pem, alg: 'RS256' };
  return {
    spa: await make('POST', '/clients', {
      name: 'Storefront',
      app_type: 'spa',
      description: 'What customers see',
      callbacks: ['https://shop.example.com/callback'],
      allowed_logout_urls: ['https://shop.example.com'],
      web_origins: ['https://shop.example.com'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      client_metadata: { team: 'shop' },
    }),
    web: await make('POST', '/clients', {
      name: 'Back office',
      app_type: 'regular_web',
      callbacks: ['https://office.example.com/callback'],
      initiate_login_uri: 'https://office.example.com/login',
      jwt_configuration: { lifetime_in_seconds: 3600, alg: 'RS256' },
      refresh_token: {
        rotation_type: 'rotating',
        expiration_type: 'expiring',
        leeway: 10,
        token_lifetime: 86_400,
        idle_token_lifetime: 3600,
      },
      organization_usage: 'allow',
      organization_require_behavior: 'pre_login_prompt',
      addons: { samlp: { audience: 'https://office.example.com/saml' } },
    }),
    native: await make('POST', '/clients', {
      name: 'Phone app',
      app_type: 'native',
      mobile: { ios: { team_id: '9JA89QQLNQ', app_bundle_identifier: 'com.example.app' } },
    }),
    machine: await make('POST', '/clients', {
      name: 'Nightly job',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
    }),
    signing: await make('POST', '/clients', {
      name: 'Signing service',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      client_authentication_methods: { private_key_jwt: { credentials: [credential] } },
    }),
  };
}

async function fillApis(make: Make, { machine, signing }: Clients): Promise<void> {
  await make('POST', '/resource-servers', {
    name: 'Orders',
    identifier: API,
    signing_alg: 'RS256',
    token_lifetime: 7200,
    token_lifetime_for_web: 3600,
    allow_offline_access: true,
    enforce_policies: true,
    token_dialect: 'access_token_authz',
    scopes: [
      { value: 'read:orders', description: 'See orders' },
      { value: 'write:orders', description: 'Change orders' },
    ],
  });
  await make('POST', '/client-grants', { client_id: machine.client_id, audience: API, scope: ['read:orders'] });
  await make('POST', '/client-grants', { client_id: signing.client_id, audience: API, scope: ['write:orders'] });
}

type Connections = Record<'customers' | 'google' | 'oidc', Any>;

async function fillConnections(make: Make, { spa, web }: Clients): Promise<Connections> {
  const enabled_clients = [spa.client_id, web.client_id];
  return {
    customers: await make('POST', '/connections', {
      name: 'Customers',
      strategy: 'auth0',
      enabled_clients,
      options: {
        passwordPolicy: 'good',
        requires_username: true,
        validation: { username: { min: 3, max: 20 } },
        password_history: { enable: true, size: 3 },
        brute_force_protection: true,
        enabledDatabaseCustomization: true,
        customScripts: {
          login: 'function login(email, password, callback) { callback(null, null); }',
          get_user: 'function getByEmail(email, callback) { callback(null); }',
        },
      },
    }),
    google: await make('POST', '/connections', {
      name: 'google-oauth2',
      strategy: 'google-oauth2',
      enabled_clients,
      options: { client_id: 'google-id', client_secret: 'google-secret', email: true, profile: true },
    }),
    oidc: await make('POST', '/connections', {
      name: 'partner',
      strategy: 'oidc',
      display_name: 'Partner',
      enabled_clients: [web.client_id],
      options: {
        type: 'back_channel',
        client_id: 'ours',
        client_secret: 'theirs',
        issuer: 'https://login.partner.example',
        authorization_endpoint: 'https://login.partner.example/authorize',
        token_endpoint: 'https://login.partner.example/token',
        jwks_uri: 'https://login.partner.example/keys',
        scope: 'openid email',
      },
    }),
  };
}

async function fillPeople(make: Make, { customers, oidc }: Connections): Promise<void> {
  const editor = await make('POST', '/roles', { name: 'Editor', description: 'Changes orders' });
  const permissions = ['read:orders', 'write:orders'].map((permission_name) => ({
    resource_server_identifier: API,
    permission_name,
  }));
  await make('POST', `/roles/${editor.id}/permissions`, { permissions });
  await make('POST', '/roles', { name: 'Onlooker', description: 'Has nothing to do' });
  const acme = await make('POST', '/organizations', {
    name: 'acme',
    display_name: 'Acme',
    branding: { logo_url: 'https://acme.example/logo.png', colors: { primary: '#112233', page_background: '#ffffff' } },
    metadata: { plan: 'gold' },
  });
  await make('POST', `/organizations/${acme.id}/enabled_connections`, {
    connection_id: customers.id,
    assign_membership_on_login: true,
  });
  await make('POST', `/organizations/${acme.id}/enabled_connections`, {
    connection_id: oidc.id,
    assign_membership_on_login: false,
    show_as_button: true,
  });
  await make('POST', '/organizations', { name: 'empty', display_name: 'Empty' });
}

async function fillExtensions(make: Make): Promise<void> {
  await make('POST', '/rules', {
    name: 'Add a claim',
    script: 'function (user, context, callback) { callback(null, user, context); }',
    order: 1,
  });
  await make('POST', '/rules', {
    name: 'Asleep',
    script: 'function (user, context, callback) { callback(null, user, context); }',
    order: 2,
    enabled: false,
  });
  await make('PUT', '/rules-configs/SLACK_URL', { value: 'https://slack.example' });
  await make('POST', '/hooks', {
    name: 'before-sign-up',
    script: 'module.exports = function (user, context, cb) { cb(null, { user }); };',
    triggerId: 'pre-user-registration',
    enabled: true,
  });
  await make('POST', '/actions/modules', {
    name: 'greeting',
    code: 'module.exports = { greet: (name) => name };',
    publish: true,
  });
  const action = await make('POST', '/actions/actions', {
    name: 'Greet',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code: LOGIN_CODE,
    runtime: 'node22',
    dependencies: [{ name: 'lodash', version: '4.17.21' }],
    secrets: [{ name: 'KEY', value: 'hidden' }],
  });
  await make('POST', `/actions/actions/${action.id}/deploy`);
  await make('PATCH', '/actions/triggers/post-login/bindings', {
    bindings: [{ ref: { type: 'action_name', value: 'Greet' }, display_name: 'Greet' }],
  });
  await make('POST', '/actions/actions', {
    name: 'Draft',
    supported_triggers: [{ id: 'credentials-exchange', version: 'v2' }],
    code: 'exports.onExecuteCredentialsExchange = async (event, api) => {};',
  });
}

async function fillForms(make: Make): Promise<void> {
  const connection = await make('POST', '/flows/vault/connections', {
    app_id: 'HTTP',
    name: 'Our API',
    setup: { type: 'BEARER', token: 'hidden' },
  });
  const params = { connection_id: connection.id, url: 'https://api.example.com/', method: 'POST' };
  const flow = await make('POST', '/flows', {
    name: 'Tell the API',
    actions: [{ id: 'tell', type: 'HTTP', action: 'SEND_REQUEST', params }],
  });
  const next = { id: 'next', category: 'BLOCK', type: 'NEXT_BUTTON', config: { text: 'Go on' } };
  await make('POST', '/forms', {
    name: 'Ask for more',
    languages: { primary: 'en' },
    nodes: [
      {
        id: 'ask',
        type: 'STEP',
        alias: 'Ask',
        coordinates: { x: 500, y: 0 },
        config: { components: [next], next_node: 'tell' },
      },
      {
        id: 'tell',
        type: 'FLOW',
        alias: 'Tell',
        coordinates: { x: 900, y: 0 },
        config: { flow_id: flow.id, next_node: '$ending' },
      },
    ],
    start: { next_node: 'ask', coordinates: { x: 0, y: 0 } },
    ending: { resume_flow: true, coordinates: { x: 1300, y: 0 } },
  });
}

const TEMPLATE = '<!DOCTYPE html><html><head>{%- auth0:head -%}</head><body>{%- auth0:widget -%}</body></html>';

async function fillLook(make: Make): Promise<void> {
  await make('PATCH', '/tenants/settings', {
    friendly_name: 'Example',
    support_email: 'help@example.com',
    support_url: 'https://example.com/help',
    enabled_locales: ['en', 'de'],
    default_audience: API,
    default_directory: 'Customers',
    session_lifetime: 24,
    idle_session_lifetime: 12,
    sandbox_version: '22',
    session_cookie: { mode: 'non-persistent' },
    flags: { enable_client_connections: false, disable_clickjack_protection_headers: false },
    error_page: { html: '<p>{{ error }}</p>', show_log_link: false, url: 'https://example.com/error' },
    change_password: { enabled: true, html: '<p>Change it</p>' },
    guardian_mfa_page: { enabled: true, html: '<p>A factor</p>' },
  });
  await make('PATCH', '/branding', {
    colors: { primary: '#0059d6', page_background: '#000000' },
    logo_url: 'https://cdn.example/logo.png',
    favicon_url: 'https://cdn.example/favicon.ico',
    font: { url: 'https://cdn.example/font.ttf' },
  });
  await make('POST', '/custom-domains', { domain: 'login.example.com', type: 'auth0_managed_certs' });
  await make('PUT', '/branding/templates/universal-login', { template: TEMPLATE });
  await make('POST', '/branding/themes', PLUM);
  await make('PATCH', '/prompts', { universal_login_experience: 'new', identifier_first: true });
  await make('PUT', '/prompts/login/custom-text/en', { login: { title: 'Come in', description: 'To the shop' } });
  await make('PUT', '/prompts/login/custom-text/de', { login: { title: 'Herein' } });
  await make('PUT', '/prompts/signup/partials', { signup: { 'form-content-end': '<p>Terms</p>' } });
}

const PLUM = {
  ...THEME,
  displayName: 'Plum',
  colors: {
    ...THEME.colors,
    base_focus_color: '#7a1f5c',
    base_hover_color: '#000000',
    links_focused_components: '#7a1f5c',
  },
  widget: { ...THEME.widget, logo_url: '' },
};

async function fillMails(make: Make): Promise<void> {
  await make('POST', '/emails/provider', {
    name: 'smtp',
    enabled: true,
    default_from_address: 'shop@example.com',
    credentials: { smtp_host: 'smtp.example.com', smtp_port: 587, smtp_user: 'shop', smtp_pass: 'hidden' },
  });
  await make('POST', '/email-templates', {
    template: 'reset_email',
    body: '<p>{{ url }}</p>',
    from: 'shop@example.com',
    subject: 'A new password',
    syntax: 'liquid',
    urlLifetimeInSeconds: 3600,
    enabled: true,
  });
  await make('PATCH', '/email-templates/welcome_email', { enabled: true, subject: 'Welcome' });
  await make('POST', '/branding/phone/providers', {
    name: 'twilio',
    configuration: { sid: 'AC1', default_from: '+15550100', delivery_methods: ['text', 'voice'] },
    credentials: { auth_token: 'hidden' },
  });
  await make('POST', '/branding/phone/templates', {
    type: 'otp_verify',
    disabled: false,
    content: { from: '+15550100', body: { text: 'Your code is {{ code }}' } },
  });
}

async function fillProtection(make: Make): Promise<void> {
  await make('PATCH', '/attack-protection/brute-force-protection', { max_attempts: 7, shields: ['block'] });
  await make('PATCH', '/attack-protection/breached-password-detection', {
    enabled: true,
    shields: ['block'],
    stage: { 'pre-user-registration': { shields: ['block'] } },
  });
  await make('PATCH', '/attack-protection/suspicious-ip-throttling', {
    allowlist: ['203.0.113.0/24'],
    stage: { 'pre-login': { max_attempts: 50 } },
  });
  await make('PATCH', '/attack-protection/bot-detection', { bot_detection_level: 'low' });
  await make('PATCH', '/attack-protection/captcha', {
    active_provider_id: 'recaptcha_v2',
    recaptcha_v2: { site_key: 'site', secret: 'hidden' },
  });
  await make('PUT', '/guardian/factors/otp', { enabled: true });
  await make('PUT', '/guardian/factors/sms', { enabled: true });
  await make('PUT', '/guardian/policies', ['all-applications']);
  await make('PUT', '/guardian/factors/phone/message-types', { message_types: ['sms'] });
  await make('PUT', '/guardian/factors/phone/selected-provider', { provider: 'twilio' });
  await make('PUT', '/guardian/factors/sms/providers/twilio', { sid: 'AC2', auth_token: 'hidden', from: '+15550101' });
  await make('PUT', '/guardian/factors/sms/templates', {
    enrollment_message: '{{code}} is your code to enrol',
    verification_message: '{{code}} is your code',
  });
  await make('PATCH', '/risk-assessments/settings', { enabled: true });
  await make('PATCH', '/risk-assessments/settings/new-device', { remember_for: 20 });
  await make('PATCH', '/supplemental-signals', { akamai_enabled: true });
  await make('POST', '/network-acls', {
    description: 'One network is kept out',
    active: true,
    priority: 10,
    rule: { action: { block: true }, match: { asns: [9453] }, scope: 'tenant' },
  });
  await make('POST', '/rate-limit-policies', {
    resource: 'oauth_authentication_api',
    consumer: 'client',
    consumer_selector: 'third_party_clients',
    configuration: { action: 'block', limit: 100 },
  });
}

async function fillProfiles(make: Make): Promise<void> {
  const email = { description: 'Mail', label: 'Mail', profile_required: true, auth0_mapping: 'email' };
  const attributes = await make('POST', '/user-attribute-profiles', {
    name: 'Everybody',
    user_attributes: { email },
  });
  await make('POST', '/connection-profiles', {
    name: 'Partners',
    organization: { show_as_button: 'required' },
    connection_name_prefix_template: 'con-{org_id}-',
    enabled_features: ['scim'],
  });
  await make('POST', '/self-service-profiles', {
    name: 'By themselves',
    description: 'For customers',
    allowed_strategies: ['oidc'],
    user_attribute_profile_id: attributes.id,
    branding: { logo_url: 'https://example.com/logo.png', colors: { primary: '#aabbcc' } },
  });
  const action = await make('POST', '/actions/actions', {
    name: 'Exchange',
    supported_triggers: [{ id: 'custom-token-exchange', version: 'v1' }],
    code: 'exports.onExecuteCustomTokenExchange = async (event, api) => {};',
  });
  await make('POST', `/actions/actions/${action.id}/deploy`);
  await make('POST', '/token-exchange-profiles', {
    name: 'From the old system',
    subject_token_type: 'urn:example:old',
    action_id: action.id,
    type: 'custom_authentication',
  });
}

async function fillStreams(make: Make): Promise<void> {
  await make('POST', '/log-streams', {
    name: 'Everything',
    type: 'http',
    sink: {
      httpEndpoint: 'https://logs.example.com',
      httpContentType: 'application/json',
      httpContentFormat: 'JSONLINES',
      httpAuthorization: 'hidden',
    },
    filters: [{ type: 'category', name: 'auth.login.fail' }],
  });
  await make('POST', '/event-streams', {
    name: 'People',
    subscriptions: [{ event_type: 'user.created' }],
    destination: {
      type: 'webhook',
      configuration: {
        webhook_endpoint: 'https://hooks.example.com/in',
        webhook_authorization: { method: 'bearer', token: 'hidden' },
      },
    },
  });
}
