import { Avatar } from '@mantine/core';
import type { Organization } from '../api/types.ts';
import { organizationTitle } from './names.ts';

/** The sign of an organization: its initials, never its logo, which lies at somebody else's. */
export function OrganizationIcon({ organization, size = 38 }: { organization: Organization; size?: number }) {
  return <Avatar name={organizationTitle(organization)} color="accent" radius="md" size={size} alt="" aria-hidden />;
}
