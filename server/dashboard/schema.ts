/**
 * What the dashboard must know before anyone has signed in, served as /dashboard/config.json. Nothing in here is
 * secret: the dashboard is a public client, and this document is readable by anybody who can reach the server.
 */
import { type Static, Type } from 'typebox';

export const dashboardConfigSchema = Type.Object({
  issuer: Type.String({ description: 'The `iss` of this tenant, with the trailing slash.' }),
  domain: Type.String({ description: 'Host (and port) to give to an SDK; reached over HTTPS.' }),
  tenant: Type.String(),
  client_id: Type.String({ description: 'The client that the dashboard itself signs in as.' }),
  audience: Type.String({ description: 'Identifier of the Management API.' }),
  api_base: Type.String({ description: 'Path of the Management API on this origin, without a trailing slash.' }),
  version: Type.String(),
});

export type DashboardConfig = Static<typeof dashboardConfigSchema>;
