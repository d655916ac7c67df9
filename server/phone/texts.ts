/** What messages to phones say until a tenant words them itself. Liquid, with the vendor's variables. */

export const PHONE_OCCASIONS = [
  'otp_verify',
  'otp_enroll',
  'change_password',
  'blocked_account',
  'password_breach',
] as const;
export type PhoneOccasion = (typeof PHONE_OCCASIONS)[number];

/** What is written, and what is spoken. */
export type PhoneText = { readonly text: string; readonly voice: string };

const spoken = (what: string) =>
  `Hello. Your ${what} for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. Once more: {{ pause }} {{ code | escape }}.`;
const same = (text: string): PhoneText => ({ text, voice: text });

export const PHONE_TEXTS: Readonly<Record<PhoneOccasion, PhoneText>> = {
  otp_verify: { text: '{{ code | escape }} is your code for {{ friendly_name | escape }}', voice: spoken('code') },
  otp_enroll: {
    text: '{{ code | escape }} confirms this phone for {{ friendly_name | escape }}. Enter it to finish.',
    voice: spoken('code to confirm this phone'),
  },
  change_password: {
    text: '{{ code | escape }} is your code to change the password for {{ friendly_name | escape }}',
    voice: spoken('code to change the password'),
  },
  blocked_account: same(
    'Logins to your {{ friendly_name | escape }} account from {{ user.source_ip }} are blocked after suspicious attempts. If that was you, choose a new password to unblock them. Otherwise there is nothing to do.',
  ),
  password_breach: same(
    'The password of your {{ friendly_name | escape }} account is among those stolen from another service. Please choose a new one.',
  ),
};
