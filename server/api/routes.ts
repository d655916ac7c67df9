/** The operations of the Management API, an area a line. Taking a line out here (and its folder away) takes the area out. */
import { bindingRoutes } from './actions/bindings.ts';
import { actionRoutes } from './actions/handlers.ts';
import { moduleRoutes } from './actions/modules/handlers.ts';
import { actionVersionRoutes } from './actions/versions.ts';
import { administratorRoutes } from './administrators/handlers.ts';
import { anomalyRoutes } from './anomaly/handlers.ts';
import { attackProtectionRoutes } from './attack-protection/handlers.ts';
import { brandingRoutes } from './branding/handlers.ts';
import { phoneRoutes } from './branding/phone-handlers.ts';
import { clientGrantRoutes } from './client-grants/handlers.ts';
import { cimdRoutes } from './clients/cimd.ts';
import { credentialRoutes } from './clients/credentials.ts';
import { clientRoutes } from './clients/handlers.ts';
import { connectionProfileRoutes } from './connection-profiles/handlers.ts';
import { directoryProvisioningRoutes } from './connections/directory-provisioning/handlers.ts';
import { connectionRoutes } from './connections/handlers.ts';
import { connectionKeyRoutes } from './connections/keys/handlers.ts';
import { scimConfigurationRoutes } from './connections/scim-configuration/handlers.ts';
import { customDomainRoutes } from './custom-domains/handlers.ts';
import { deviceCredentialRoutes } from './device-credentials/handlers.ts';
import { emailTemplateRoutes } from './email-templates/handlers.ts';
import { emailRoutes } from './emails/handlers.ts';
import { deliveryRoutes } from './event-streams/deliveries.ts';
import { eventStreamRoutes } from './event-streams/handlers.ts';
import { flowRoutes } from './flows/handlers.ts';
import { vaultConnectionRoutes } from './flows/vault/handlers.ts';
import { formRoutes } from './forms/handlers.ts';
import { grantRoutes } from './grants/handlers.ts';
import { groupRoutes } from './groups/handlers.ts';
import { enrollmentRoutes } from './guardian/enrollments.ts';
import { guardianRoutes } from './guardian/handlers.ts';
import { hookRoutes } from './hooks/handlers.ts';
import { jobRoutes } from './jobs/handlers.ts';
import { customSigningRoutes } from './keys/custom-signing.ts';
import { encryptionKeyRoutes } from './keys/encryption-handlers.ts';
import { keyRoutes } from './keys/handlers.ts';
import { logStreamRoutes } from './log-streams/handlers.ts';
import { logRoutes } from './logs/handlers.ts';
import { mailboxRoutes } from './mailbox/handlers.ts';
import { networkAclRoutes } from './network-acls/handlers.ts';
import { organizationGrantRoutes } from './organizations/client-grants/handlers.ts';
import { organizationClientRoutes } from './organizations/clients/handlers.ts';
import { organizationConnectionRoutes } from './organizations/connections/handlers.ts';
import { discoveryDomainRoutes } from './organizations/discovery-domains/handlers.ts';
import { organizationGroupRoutes } from './organizations/groups/handlers.ts';
import { organizationRoutes } from './organizations/handlers.ts';
import { invitationRoutes } from './organizations/invitations/handlers.ts';
import { organizationMemberRoutes } from './organizations/members/handlers.ts';
import { organizationMemberRoleRoutes } from './organizations/members/roles.ts';
import { organizationRoleRoutes } from './organizations/roles/handlers.ts';
import type { Route } from './pipeline.ts';
import { promptRoutes } from './prompts/handlers.ts';
import { rateLimitPolicyRoutes } from './rate-limit-policies/handlers.ts';
import { refreshTokenRoutes } from './refresh-tokens/handlers.ts';
import { resourceServerRoutes } from './resource-servers/handlers.ts';
import { riskAssessmentRoutes } from './risk-assessments/handlers.ts';
import { roleRoutes } from './roles/handlers.ts';
import { ruleRoutes } from './rules/handlers.ts';
import { ruleConfigRoutes } from './rules-configs/handlers.ts';
import { selfServiceProfileRoutes } from './self-service-profiles/handlers.ts';
import { sessionRoutes } from './sessions/handlers.ts';
import { statsRoutes } from './stats/handlers.ts';
import { supplementalSignalRoutes } from './supplemental-signals/handlers.ts';
import { tenantRoutes } from './tenants/handlers.ts';
import { ticketRoutes } from './tickets/handlers.ts';
import { tokenExchangeProfileRoutes } from './token-exchange-profiles/handlers.ts';
import { userAttributeProfileRoutes } from './user-attribute-profiles/handlers.ts';
import { userBlockRoutes } from './user-blocks/handlers.ts';
import { authenticationMethodRoutes } from './users/authentication-methods.ts';
import { belongingRoutes } from './users/belongings.ts';
import { userRoutes } from './users/handlers.ts';
import { identityRoutes } from './users/identities.ts';
import { multifactorRoutes } from './users/multifactor.ts';
import { userOrganizationRoutes } from './users/organizations.ts';
import { userPermissionRoutes } from './users/permissions.ts';
import { userRoleRoutes } from './users/roles.ts';
import { usersByEmailRoutes } from './users-by-email/handlers.ts';
import { verifiableCredentialRoutes } from './verifiable-credentials/handlers.ts';

export const apiRoutes: readonly Route[] = [
  ...clientRoutes,
  ...credentialRoutes,
  ...cimdRoutes,
  ...resourceServerRoutes,
  ...clientGrantRoutes,
  ...connectionRoutes,
  ...connectionKeyRoutes,
  ...scimConfigurationRoutes,
  ...directoryProvisioningRoutes,
  ...connectionProfileRoutes,
  ...userAttributeProfileRoutes,
  ...selfServiceProfileRoutes,
  ...tokenExchangeProfileRoutes,
  ...userRoutes,
  ...userRoleRoutes,
  ...identityRoutes,
  ...authenticationMethodRoutes,
  ...multifactorRoutes,
  ...belongingRoutes,
  ...userPermissionRoutes,
  ...userOrganizationRoutes,
  ...usersByEmailRoutes,
  ...roleRoutes,
  ...groupRoutes,
  ...organizationRoutes,
  ...organizationConnectionRoutes,
  ...organizationClientRoutes,
  ...organizationGrantRoutes,
  ...organizationMemberRoutes,
  ...organizationMemberRoleRoutes,
  ...organizationGroupRoutes,
  ...organizationRoleRoutes,
  ...invitationRoutes,
  ...discoveryDomainRoutes,
  ...sessionRoutes,
  ...refreshTokenRoutes,
  ...deviceCredentialRoutes,
  ...userBlockRoutes,
  ...anomalyRoutes,
  ...statsRoutes,
  ...grantRoutes,
  ...logRoutes,
  ...mailboxRoutes,
  ...administratorRoutes,
  ...tenantRoutes,
  ...keyRoutes,
  ...attackProtectionRoutes,
  ...rateLimitPolicyRoutes,
  ...riskAssessmentRoutes,
  ...supplementalSignalRoutes,
  ...customSigningRoutes,
  ...encryptionKeyRoutes,
  ...emailRoutes,
  ...emailTemplateRoutes,
  ...customDomainRoutes,
  ...networkAclRoutes,
  ...verifiableCredentialRoutes,
  ...brandingRoutes,
  ...promptRoutes,
  ...ticketRoutes,
  ...ruleRoutes,
  ...ruleConfigRoutes,
  ...hookRoutes,
  ...logStreamRoutes,
  ...jobRoutes,
  ...actionRoutes,
  ...actionVersionRoutes,
  ...bindingRoutes,
  ...moduleRoutes,
  ...guardianRoutes,
  ...enrollmentRoutes,
  ...phoneRoutes,
  ...eventStreamRoutes,
  ...deliveryRoutes,
  ...flowRoutes,
  ...vaultConnectionRoutes,
  ...formRoutes,
];
