/** What the occasions for mails are called, and which of them mails are written for today. */
import type { TemplateName } from '../../../server/api/email-templates/schema.ts';
import { mailTemplates } from '../../../server/mail/templates.ts';

export const TEMPLATE_WORDS: Readonly<Record<TemplateName, { label: string; about: string }>> = {
  verify_email: { label: 'Verification (link)', about: 'Confirms an address by a link.' },
  verify_email_by_code: { label: 'Verification (code)', about: 'Confirms an address by a code.' },
  auth_email_by_code: { label: 'Passwordless code', about: 'Signs somebody in by a code.' },
  welcome_email: { label: 'Welcome', about: 'Greets a new user.' },
  reset_email: { label: 'Password change (link)', about: 'Leads to the page for a new password.' },
  reset_email_by_code: { label: 'Password change (code)', about: 'Allows a new password by a code.' },
  blocked_account: { label: 'Blocked account', about: 'Tells of too many wrong passwords.' },
  stolen_credentials: { label: 'Stolen password', about: 'Tells that a password was found among stolen ones.' },
  enrollment_email: { label: 'Second factor enrolment', about: 'Asks somebody to add a second factor.' },
  mfa_oob_code: { label: 'Second factor code', about: 'A code as the second step of a login.' },
  user_invitation: { label: 'Invitation', about: 'Invites somebody to an organization.' },
  change_password: { label: 'Password change (old)', about: 'Of the older flow for passwords.' },
  password_reset: { label: 'Password reset (old)', about: 'Of the older flow for passwords.' },
  async_approval: { label: 'Approval', about: 'Asks somebody to approve what an application wants to do.' },
};

/** Whether this server sends the mail; the other templates are kept. */
export function isSent(name: TemplateName): name is TemplateName & keyof typeof mailTemplates {
  return name in mailTemplates;
}
