/** The operations of the Management API, an area a line. Taking a line out here (and its folder away) takes the area out. */
import { attackProtectionRoutes } from './attack-protection/handlers.ts';
import { clientGrantRoutes } from './client-grants/handlers.ts';
import { cimdRoutes } from './clients/cimd.ts';
import { credentialRoutes } from './clients/credentials.ts';
import { clientRoutes } from './clients/handlers.ts';
import { connectionRoutes } from './connections/handlers.ts';
import { grantRoutes } from './grants/handlers.ts';
import { keyRoutes } from './keys/handlers.ts';
import { logRoutes } from './logs/handlers.ts';
import { mailboxRoutes } from './mailbox/handlers.ts';
import type { Route } from './pipeline.ts';
import { rateLimitPolicyRoutes } from './rate-limit-policies/handlers.ts';
import { resourceServerRoutes } from './resource-servers/handlers.ts';
import { riskAssessmentRoutes } from './risk-assessments/handlers.ts';
import { supplementalSignalRoutes } from './supplemental-signals/handlers.ts';
import { tenantRoutes } from './tenants/handlers.ts';
import { userRoutes } from './users/handlers.ts';
import { usersByEmailRoutes } from './users-by-email/handlers.ts';

export const apiRoutes: readonly Route[] = [
  ...clientRoutes,
  ...credentialRoutes,
  ...cimdRoutes,
  ...resourceServerRoutes,
  ...clientGrantRoutes,
  ...connectionRoutes,
  ...userRoutes,
  ...usersByEmailRoutes,
  ...grantRoutes,
  ...logRoutes,
  ...mailboxRoutes,
  ...tenantRoutes,
  ...keyRoutes,
  ...attackProtectionRoutes,
  ...rateLimitPolicyRoutes,
  ...riskAssessmentRoutes,
  ...supplementalSignalRoutes,
];
