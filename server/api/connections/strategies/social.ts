/** Social providers: OAuth applications whose permissions are switched on by flags, or written as scopes. */
import { Type } from 'typebox';
import { opt, orNull } from '../../../schema/types.ts';
import { SCOPES, scopeOf } from './scopes.ts';
import {
  address,
  common,
  flag,
  flags,
  type Options,
  oauthClient,
  oneOf,
  type Strategy,
  strictGroup,
  text,
  textMap,
  texts,
} from './strategy.ts';

const version = opt(orNull(Type.Integer({ minimum: 1, maximum: 10 })));

/** A provider about which no more is known than its OAuth application. */
const plain: Strategy = { family: 'social', options: { ...common, ...oauthClient, strategy_version: version } };

/** A provider whose permissions are flags; the scope that is asked for follows from them. */
function flagged(name: keyof typeof SCOPES, more: Partial<Strategy> = {}): Strategy {
  return {
    ...plain,
    ...more,
    options: { ...plain.options, ...flags(Object.keys(SCOPES[name].flags)), ...more.options },
    derive: (options: Options) => scopeOf(SCOPES[name], options),
  };
}

const scripts = strictGroup({ fetchUserProfile: text(100_000), getLogoutUrl: text(100_000) });

const oauth2: Strategy = {
  family: 'social',
  options: {
    ...plain.options,
    authorizationURL: address,
    tokenURL: address,
    logoutUrl: address,
    scripts,
    customHeaders: textMap(10_000, 100),
    authParams: textMap(4096, 100),
    authParamsMap: textMap(4096, 100),
    fieldsMap: opt(orNull(Type.Unsafe({ type: 'object', maxProperties: 100 }))),
    pkce_enabled: flag,
    useOauthSpecScope: flag,
  },
};

const oauth1: Strategy = {
  family: 'social',
  options: {
    ...plain.options,
    requestTokenURL: address,
    accessTokenURL: address,
    userAuthorizationURL: address,
    signatureMethod: oneOf('RSA-SHA1', 'HMAC-SHA1'),
    sessionKey: text(),
    scripts,
  },
};

const paypal = flagged('paypal');
const salesforce: Strategy = { ...plain, options: { ...plain.options, profile: flag } };

/** Providers of which the OAuth application is all there is to say. */
const PLAIN = [
  'aol',
  'auth0-oidc',
  'baidu',
  'bitly',
  'box',
  'daccount',
  'dropbox',
  'dwolla',
  'evernote',
  'evernote-sandbox',
  'fitbit',
  'goodreads',
  'instagram',
  'miicard',
  'planningcenter',
  'renren',
  'shop',
  'shopify',
  'soundcloud',
  'thecity',
  'thecity-sandbox',
  'thirtysevensignals',
  'untappd',
  'vkontakte',
  'weibo',
  'wordpress',
  'yahoo',
  'yammer',
  'yandex',
] as const;

const plainStrategies = Object.fromEntries(PLAIN.map((name) => [name, plain])) as Record<
  (typeof PLAIN)[number],
  Strategy
>;

export const socialStrategies = {
  ...plainStrategies,
  oauth1,
  oauth2,
  paypal,
  'paypal-sandbox': paypal,
  salesforce,
  'salesforce-sandbox': salesforce,
  'salesforce-community': { ...salesforce, options: { ...salesforce.options, community_base_url: address } },
  exact: { ...plain, options: { ...plain.options, baseUrl: address, profile: flag } },
  amazon: flagged('amazon'),
  apple: flagged('apple', { options: { app_secret: text(5120), kid: text(1536), team_id: text(256) } }),
  bitbucket: flagged('bitbucket'),
  facebook: flagged('facebook', { options: { allow_context_profile_field: flag } }),
  github: flagged('github'),
  'google-oauth2': flagged('google-oauth2', {
    options: { allowed_audiences: texts(255, 64) },
    initial: { email: true, profile: true },
  }),
  line: flagged('line'),
  linkedin: flagged('linkedin'),
  twitter: flagged('twitter', { options: { protocol: oneOf('oauth1', 'oauth2') } }),
  windowslive: flagged('windowslive'),
} as const satisfies Record<string, Strategy>;
