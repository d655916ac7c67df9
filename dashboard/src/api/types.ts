/**
 * The shapes the server answers with. They are taken from the server's own schemas; nothing is described twice.
 */
export type { DashboardConfig } from '../../../server/dashboard/schema.ts';

export type Client = {
  client_id: string;
  client_secret?: string;
  name: string;
  description?: string;
  logo_uri?: string;
  global?: boolean;
  is_first_party?: boolean;
  app_type?: string;
  callbacks?: string[];
  allowed_logout_urls?: string[];
  web_origins?: string[];
  token_endpoint_auth_method?: string;
  [key: string]: unknown;
};
export type ResourceServer = {
  id: string;
  name?: string;
  identifier: string;
  is_system?: boolean;
  scopes?: { value: string; description?: string }[];
};
export type ClientGrant = { id: string; client_id: string; audience: string; scope: string[] };
export type MailboxMessage = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  created_at: string;
};
