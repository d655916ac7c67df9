/**
 * The addons a client can have, in the words of the dashboard. What each takes is the server's own description
 * (schema.ts of clients); this table says what it is for and what its settings are called.
 */
import type { Client } from '../../api/types.ts';
import type { Words } from '../../forms/spec.ts';

export type AddonName = keyof NonNullable<Client['addons']> & string;

export type Addon = {
  readonly name: AddonName;
  readonly title: string;
  /** What it gives, in one sentence. */
  readonly about: string;
  /** Which usage page it has. */
  readonly usage: 'delegation' | 'saml' | 'wsfed' | 'sso';
  /** Words for its settings, where their names do not say enough. */
  readonly fields?: Readonly<Record<string, Words>>;
};

export type AddonGroup = { readonly title: string; readonly description: string; readonly addons: readonly Addon[] };

const SECRET = { kind: 'secret' } as const;
const KEY = { kind: 'area' } as const;
const EXPIRATION: Words = { unit: 'minutes', placeholder: '5' };
const LIFETIME: Words = { label: 'Lifetime', unit: 'seconds', placeholder: '3600' };
/** A switch that is on unless it is switched off. */
const ON = { unset: true } as const;
const PRINCIPAL: Words = { label: 'Principal', help: 'Member of the profile that names the user.' };

const SALESFORCE_API: Addon['fields'] = {
  clientid: { label: 'Client ID', help: 'Consumer key of the connected app.' },
  principal: PRINCIPAL,
  communityName: { label: 'Community name' },
  community_url_section: { label: 'Community URL section' },
};

export const ADDON_GROUPS: readonly AddonGroup[] = [
  {
    title: 'APIs',
    description: 'Tokens for the APIs of others, exchanged for a token of a signed-in user.',
    addons: [
      {
        name: 'aws',
        title: 'Amazon Web Services',
        about: 'Temporary keys (access key, secret key, session token) for a role of an AWS account.',
        usage: 'delegation',
        fields: {
          principal: { label: 'Principal ARN', placeholder: 'arn:aws:iam::123456789012:saml-provider/latchkey' },
          role: { label: 'Role ARN', placeholder: 'arn:aws:iam::123456789012:role/app' },
          lifetime_in_seconds: { ...LIFETIME, help: 'From 900 to 43,200.' },
        },
      },
      {
        name: 'azure_blob',
        title: 'Azure Blob Storage',
        about: 'A shared access signature for a container or a blob.',
        usage: 'delegation',
        fields: {
          accountName: { label: 'Account name', help: '3 to 24 small letters and digits.' },
          storageAccessKey: { ...SECRET, label: 'Storage access key' },
          containerName: { label: 'Container name' },
          blobName: { label: 'Blob name', help: 'Empty for the whole container.' },
          signedIdentifier: { label: 'Signed identifier', help: 'Stored access policy, if there is one.' },
          expiration: EXPIRATION,
        },
      },
      {
        name: 'azure_sb',
        title: 'Azure Service Bus',
        about: 'A token for a queue or topic.',
        usage: 'delegation',
        fields: {
          namespace: { label: 'Namespace' },
          sasKeyName: { label: 'SAS key name' },
          sasKey: { ...SECRET, label: 'SAS key' },
          entityPath: { label: 'Entity path' },
          expiration: EXPIRATION,
        },
      },
      {
        name: 'firebase',
        title: 'Firebase',
        about: 'A custom token that signs a user in to Firebase.',
        usage: 'delegation',
        fields: {
          private_key_id: { label: 'Private key ID' },
          private_key: { ...KEY, label: 'Private key' },
          client_email: { label: 'Client e-mail', placeholder: 'service@project.iam.gserviceaccount.com' },
          secret: { ...SECRET, help: 'For SDK 2 and older only.' },
          lifetime_in_seconds: LIFETIME,
        },
      },
      {
        name: 'layer',
        title: 'Layer',
        about: 'An identity token for Layer messaging.',
        usage: 'delegation',
        fields: {
          providerId: { label: 'Provider ID' },
          keyId: { label: 'Key ID' },
          privateKey: { ...KEY, label: 'Private key' },
          principal: PRINCIPAL,
          expiration: EXPIRATION,
        },
      },
      {
        name: 'salesforce_api',
        title: 'Salesforce API',
        about: 'An access token for the Salesforce API.',
        usage: 'delegation',
        fields: SALESFORCE_API,
      },
      {
        name: 'salesforce_sandbox_api',
        title: 'Salesforce Sandbox API',
        about: 'An access token for the API of a Salesforce sandbox.',
        usage: 'delegation',
        fields: SALESFORCE_API,
      },
      {
        name: 'sap_api',
        title: 'SAP OData',
        about: 'An access token for an SAP OData service.',
        usage: 'delegation',
        fields: {
          clientid: { label: 'Client ID' },
          usernameAttribute: { label: 'Username attribute', placeholder: 'email' },
          tokenEndpointUrl: { label: 'Token endpoint URL' },
          scope: { label: 'Scope' },
          servicePassword: { ...SECRET, label: 'Service password' },
          nameIdentifierFormat: { label: 'Name identifier format' },
        },
      },
      {
        name: 'wams',
        title: 'Azure Mobile Services',
        about: 'A token for a Windows Azure mobile service.',
        usage: 'delegation',
        fields: { masterkey: { ...SECRET, label: 'Master key' } },
      },
    ],
  },
  {
    title: 'Single sign-on',
    description: 'Applications that sign people in by SAML or WS-Federation.',
    addons: [
      {
        name: 'samlp',
        title: 'SAML2 Web App',
        about: 'Makes this client a SAML 2.0 service provider of this server.',
        usage: 'saml',
        fields: {
          audience: { label: 'Audience', placeholder: 'urn:example:app' },
          recipient: { label: 'Recipient' },
          destination: { label: 'Destination' },
          mappings: { label: 'Mappings', help: 'JSON: members of the profile, and the attributes they become.' },
          createUpnClaim: { ...ON, label: 'Create a UPN claim' },
          mapUnknownClaimsAsIs: { label: 'Map unknown claims as they are' },
          passthroughClaimsWithNoMapping: { ...ON, label: 'Pass claims without a mapping through' },
          mapIdentities: { ...ON, help: 'Which connection the user came from, and the ID there.' },
          typedAttributes: { ...ON, help: 'Attributes say whether they are texts, numbers or truth values.' },
          includeAttributeNameFormat: { ...ON, label: 'Include the format of attribute names' },
          signatureAlgorithm: {
            kind: 'choice',
            labels: { 'rsa-sha1': 'RSA with SHA-1 (old)', 'rsa-sha256': 'RSA with SHA-256' },
          },
          digestAlgorithm: { kind: 'choice', labels: { sha1: 'SHA-1 (old)', sha256: 'SHA-256' } },
          lifetimeInSeconds: LIFETIME,
          signResponse: { label: 'Sign the response instead of the assertion' },
          nameIdentifierFormat: { placeholder: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' },
          nameIdentifierProbes: { help: 'Claims, one a line; the first that has a value identifies the user.' },
          authnContextClassRef: { label: 'Authentication context class' },
          'logout.callback': { label: 'Logout callback', help: 'Where logout requests and answers go.' },
          'logout.slo_enabled': { label: 'Single logout', help: 'The application is told when a session ends.' },
          binding: { label: 'Binding', placeholder: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST' },
          signingCert: {
            ...KEY,
            label: 'Signing certificate',
            help: 'Of the application, for requests that it signs. PEM.',
          },
        },
      },
      {
        name: 'wsfed',
        title: 'WS-Fed Web App',
        about: 'Makes this client a WS-Federation relying party of this server.',
        usage: 'wsfed',
      },
      preset('box', 'Box'),
      preset('cloudbees', 'CloudBees'),
      preset('concur', 'Concur'),
      preset('dropbox', 'Dropbox'),
      preset('echosign', 'Adobe Sign (EchoSign)', { domain: { label: 'Domain' } }),
      preset('egnyte', 'Egnyte', { domain: { label: 'Domain', placeholder: 'yourcompany.egnyte.com' } }),
      preset('newrelic', 'New Relic', { account: { label: 'Account' } }),
      preset('salesforce', 'Salesforce', {
        entity_id: { label: 'Entity ID', placeholder: 'https://saml.salesforce.com' },
      }),
      preset('sentry', 'Sentry', {
        org_slug: { label: 'Organisation slug' },
        base_url: { label: 'Base URL', help: 'Of a server of your own; empty for sentry.io.' },
      }),
      preset('slack', 'Slack', { team: { label: 'Team', help: 'The name before .slack.com.' } }),
      preset('springcm', 'SpringCM', { acsurl: { label: 'Assertion consumer service URL' } }),
      preset('zendesk', 'Zendesk', { accountName: { label: 'Account name', help: 'The name before .zendesk.com.' } }),
      preset('zoom', 'Zoom', { account: { label: 'Account', help: 'The name before .zoom.us.' } }),
      {
        ...preset('office365', 'Office 365', {
          domain: { label: 'Domain' },
          connection: { label: 'Connection', help: 'Name of the connection that its users come from.' },
        }),
        usage: 'wsfed',
      },
      { ...preset('mscrm', 'Microsoft Dynamics CRM', { url: { label: 'URL' } }), usage: 'wsfed' },
      { ...preset('rms', 'Active Directory RMS', { url: { label: 'URL' } }), usage: 'wsfed' },
      {
        ...preset('sharepoint', 'SharePoint', {
          url: { label: 'URL' },
          external_url: { kind: 'lines', label: 'External URLs', help: 'One a line.' },
        }),
        usage: 'wsfed',
      },
      {
        ...preset('sso_integration', 'Other SSO integration', {
          name: { label: 'Name' },
          version: { label: 'Version' },
        }),
        usage: 'sso',
      },
      { ...preset('oag', 'Okta Access Gateway'), usage: 'sso' },
    ],
  },
];

/** A known application: SAML with what it expects filled in. */
function preset(name: AddonName, title: string, fields?: Addon['fields']): Addon {
  return { name, title, about: `Signs people in to ${title}.`, usage: 'saml', ...(fields ? { fields } : {}) };
}
