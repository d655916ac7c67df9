/** Directories of organizations: those of Microsoft and Google. */
import { Type } from 'typebox';
import { PATTERNS } from '../../../schema/patterns.ts';
import { opt, orNull } from '../../../schema/types.ts';
import {
  address,
  enterprise,
  flag,
  flags,
  oauthClient,
  oneOf,
  type Strategy,
  text,
  texts,
  thumbprints,
} from './strategy.ts';

const trust = oneOf('never_set_emails_as_verified', 'always_set_emails_as_verified');

export const adfs: Strategy = {
  family: 'enterprise',
  options: {
    ...enterprise,
    // An address of the metadata, or the name of the server.
    adfs_server: text(2048),
    fedMetadataXml: text(102_400),
    entityId: text(1024),
    signInEndpoint: address,
    thumbprints,
    prev_thumbprints: thumbprints,
    api_enable_users: flag,
    should_trust_email_verified_connection: trust,
    user_id_attribute: text(1024),
  },
  initial: { thumbprints: [] },
  learns: 'federation-metadata',
  hasTicket: true,
};

/** Attributes and permissions of Microsoft Entra ID that are asked for. */
const WAAD_FLAGS = [
  ...['api_enable_users', 'basic_profile', 'granted', 'use_wsfed', 'useCommonEndpoint', 'waad_common_endpoint'],
  ...['ext_access_token', 'ext_account_enabled', 'ext_admin', 'ext_agreed_terms', 'ext_assigned_licenses'],
  ...['ext_assigned_plans', 'ext_azure_id', 'ext_city', 'ext_country', 'ext_department', 'ext_dir_sync_enabled'],
  ...['ext_email', 'ext_expires_in', 'ext_family_name', 'ext_fax', 'ext_given_name', 'ext_group_ids', 'ext_groups'],
  ...['ext_is_suspended', 'ext_job_title', 'ext_last_sync', 'ext_mobile', 'ext_name', 'ext_nested_groups'],
  ...['ext_nickname', 'ext_oid', 'ext_phone', 'ext_physical_delivery_office_name', 'ext_postal_code'],
  ...['ext_preferred_language', 'ext_profile', 'ext_provisioned_plans', 'ext_provisioning_errors'],
  ...['ext_proxy_addresses', 'ext_puid', 'ext_refresh_token', 'ext_roles', 'ext_state', 'ext_street'],
  ...['ext_telephoneNumber', 'ext_tenantid', 'ext_upn', 'ext_usage_location', 'ext_user_id'],
];

export const waad: Strategy = {
  family: 'enterprise',
  options: {
    ...enterprise,
    ...oauthClient,
    ...flags(WAAD_FLAGS),
    app_domain: text(255),
    app_id: text(500),
    domain: text(512),
    tenantId: text(36),
    identity_api: oneOf('microsoft-identity-platform-v2.0', 'azure-active-directory-v1.0'),
    waad_protocol: oneOf('ws-federation', 'openid-connect'),
    userid_attribute: oneOf('oid', 'sub'),
    max_groups_to_retrieve: opt(orNull(Type.String({ maxLength: 10, pattern: PATTERNS.digitsOrEmpty }))),
    should_trust_email_verified_connection: trust,
    thumbprints,
  },
  derive: (options, tenantDomain) => ({
    app_domain: options.app_domain ?? tenantDomain,
    waad_common_endpoint: options.useCommonEndpoint === true,
    thumbprints: options.thumbprints ?? [],
  }),
  hasTicket: true,
  isNamed: true,
  hasScim: true,
};

export const googleApps: Strategy = {
  family: 'enterprise',
  options: {
    ...enterprise,
    ...oauthClient,
    ...flags([
      ...['email', 'profile', 'allow_setting_login_scopes', 'api_enable_groups', 'api_enable_users'],
      ...['ext_agreed_terms', 'ext_groups', 'ext_groups_extended', 'ext_is_admin', 'ext_is_suspended', 'ext_profile'],
      ...['handle_login_from_social', 'map_user_id_to_id'],
    ]),
    domain: text(1024),
    admin_access_token: text(4096),
    admin_refresh_token: text(4096),
    admin_access_token_expiresin: text(100),
  },
  initial: { email: true, profile: true, scope: ['email', 'profile'], handle_login_from_social: true },
  updated: { email: true, profile: true, scope: ['email', 'profile'], handle_login_from_social: true },
  kept: ['map_user_id_to_id', 'admin_access_token', 'admin_refresh_token', 'admin_access_token_expiresin'],
  hasTicket: true,
  hasDirectory: true,
};

export const ad: Strategy = {
  family: 'enterprise',
  options: {
    ...enterprise,
    ...flags([
      ...['agentMode', 'brute_force_protection', 'certAuth', 'disable_cache'],
      ...['disable_self_service_change_password', 'kerberos'],
    ]),
    agentIP: text(39),
    agentVersion: text(30),
    certs: texts(4096, 10),
    ips: texts(43, 256),
    signInEndpoint: address,
    thumbprints,
  },
  initial: { thumbprints: [], certs: [], ips: [] },
  // What its connector told about itself.
  kept: ['agentIP', 'agentMode', 'agentVersion', 'certs', 'thumbprints'],
  hasTicket: true,
};
