/**
 * The addons a client can have, in the words of the dashboard. What each takes is the server's own description
 * (schema.ts of clients); this table says what it is for and what its settings are called.
 */
import type { Client } from '../../api/types.ts';

export type AddonName = keyof NonNullable<Client['addons']> & string;

export type AddonField = {
  readonly label?: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** Shown as dots, or as text of several lines for a key. */
  readonly secret?: 'line' | 'key';
};

export type Addon = {
  readonly name: AddonName;
  readonly title: string;
  /** What it gives, in one sentence. */
  readonly about: string;
  /** Which usage page it has. */
  readonly usage: 'delegation' | 'saml' | 'wsfed' | 'sso';
  readonly fields?: Readonly<Record<string, AddonField>>;
};

export type AddonGroup = { readonly title: string; readonly description: string; readonly addons: readonly Addon[] };

const EXPIRATION: AddonField = { label: 'Expiration (minutes)', placeholder: '5' };
const PRINCIPAL: AddonField = { label: 'Principal', help: 'Member of the profile that names the user.' };

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
          lifetime_in_seconds: { label: 'Lifetime (seconds)', help: 'From 900 to 43,200.', placeholder: '3600' },
        },
      },
      {
        name: 'azure_blob',
        title: 'Azure Blob Storage',
        about: 'A shared access signature for a container or a blob.',
        usage: 'delegation',
        fields: {
          accountName: { label: 'Account name', help: '3 to 24 small letters and digits.' },
          storageAccessKey: { label: 'Storage access key', secret: 'line' },
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
          sasKey: { label: 'SAS key', secret: 'line' },
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
          private_key: { label: 'Private key', secret: 'key' },
          client_email: { label: 'Client e-mail', placeholder: 'service@project.iam.gserviceaccount.com' },
          secret: { label: 'Secret', help: 'For SDK 2 and older only.', secret: 'line' },
          lifetime_in_seconds: { label: 'Lifetime (seconds)', placeholder: '3600' },
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
          privateKey: { label: 'Private key', secret: 'key' },
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
          servicePassword: { label: 'Service password', secret: 'line' },
          nameIdentifierFormat: { label: 'Name identifier format' },
        },
      },
      {
        name: 'wams',
        title: 'Azure Mobile Services',
        about: 'A token for a Windows Azure mobile service.',
        usage: 'delegation',
        fields: { masterkey: { label: 'Master key', secret: 'line' } },
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
          createUpnClaim: { label: 'Create a UPN claim' },
          mapUnknownClaimsAsIs: { label: 'Map unknown claims as they are' },
          passthroughClaimsWithNoMapping: { label: 'Pass claims without a mapping through' },
          mapIdentities: { label: 'Map identities' },
          signatureAlgorithm: { label: 'Signature algorithm', placeholder: 'rsa-sha256' },
          digestAlgorithm: { label: 'Digest algorithm', placeholder: 'sha256' },
          issuer: { label: 'Issuer' },
          lifetimeInSeconds: { label: 'Lifetime (seconds)', placeholder: '3600' },
          signResponse: { label: 'Sign the response instead of the assertion' },
          nameIdentifierFormat: { label: 'Name identifier format' },
          nameIdentifierProbes: {
            label: 'Name identifier probes',
            help: 'One a line; the first that has a value counts.',
          },
          authnContextClassRef: { label: 'Authentication context class' },
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
          external_url: { label: 'External URLs', help: 'One a line.' },
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
