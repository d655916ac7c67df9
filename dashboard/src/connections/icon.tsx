import { ThemeIcon } from '@mantine/core';
import {
  type Icon,
  IconBrandAmazon,
  IconBrandApple,
  IconBrandBitbucket,
  IconBrandDropbox,
  IconBrandFacebook,
  IconBrandGithub,
  IconBrandGoogle,
  IconBrandInstagram,
  IconBrandLine,
  IconBrandLinkedin,
  IconBrandPaypal,
  IconBrandSoundcloud,
  IconBrandVk,
  IconBrandWindows,
  IconBrandWordpress,
  IconBrandX,
  IconBrandYahoo,
  IconBrandYandex,
  IconDatabase,
  IconMail,
  IconMessage,
  IconNetwork,
} from '@tabler/icons-react';
import { strategyLabel } from './catalogue.ts';

const ICONS: Readonly<Record<string, Icon>> = {
  amazon: IconBrandAmazon,
  apple: IconBrandApple,
  auth0: IconDatabase,
  bitbucket: IconBrandBitbucket,
  dropbox: IconBrandDropbox,
  email: IconMail,
  facebook: IconBrandFacebook,
  github: IconBrandGithub,
  'google-apps': IconBrandGoogle,
  'google-oauth2': IconBrandGoogle,
  instagram: IconBrandInstagram,
  ip: IconNetwork,
  line: IconBrandLine,
  linkedin: IconBrandLinkedin,
  office365: IconBrandWindows,
  paypal: IconBrandPaypal,
  'paypal-sandbox': IconBrandPaypal,
  sharepoint: IconBrandWindows,
  sms: IconMessage,
  soundcloud: IconBrandSoundcloud,
  twitter: IconBrandX,
  vkontakte: IconBrandVk,
  waad: IconBrandWindows,
  windowslive: IconBrandWindows,
  wordpress: IconBrandWordpress,
  yahoo: IconBrandYahoo,
  yandex: IconBrandYandex,
};

/** A sign for a strategy: drawn for the known ones, else its first letter. */
export function StrategyIcon({ strategy, size = 38 }: { strategy: string; size?: number }) {
  const Sign = ICONS[strategy];
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden fz={size * 0.42} fw={650}>
      {Sign ? <Sign size={size * 0.55} stroke={1.6} /> : strategyLabel(strategy).charAt(0).toUpperCase()}
    </ThemeIcon>
  );
}
