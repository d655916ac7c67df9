/**
 * What a strategy is to the Management API: which options it checks, what a new connection starts with, what the
 * server adds, and which features hang on it. How users sign in through one is `server/connections/<strategy>/`.
 */
import { type TProperties, type TSchema, Type } from 'typebox';
import { PATTERNS } from '../../../schema/patterns.ts';
import { choice, open, opt, orNull, strict } from '../../../schema/types.ts';

export type Options = Record<string, unknown>;

export type Family = 'database' | 'social' | 'enterprise' | 'passwordless';

export type Strategy = {
  readonly family: Family;
  /** Options that are checked. Others are kept as they come, as the vendor does. */
  readonly options: TProperties;
  /** What a new connection has where the request leaves it open. */
  readonly initial?: Options;
  /** The same after an update, which replaces the options. */
  readonly updated?: Options;
  /** Options that stay when others are given in their place. */
  readonly kept?: readonly string[] | ((given: Options, current: Options) => readonly string[]);
  /** Taken from the request, used, and never kept. */
  readonly consumed?: readonly string[];
  /** What follows from the options. @throws ApiError 400 when something cannot be read */
  readonly derive?: (options: Options, tenantDomain: string) => Options;
  /** The document that the provider publishes about itself. */
  readonly learns?: 'discovery' | 'saml-metadata' | 'federation-metadata';
  /** Has a page for the administrator of the other side. */
  readonly hasTicket?: boolean;
  /** Shown by its name when it has no name for people. */
  readonly isNamed?: boolean;
  /** Users may be provisioned by SCIM. */
  readonly hasScim?: boolean;
  /** Users may be synchronised from a directory. */
  readonly hasDirectory?: boolean;
  /** Signs what it sends, with keys of its own. */
  readonly hasKeys?: boolean;
  /** Sides of cross-app access that it can take. */
  readonly crossApp?: readonly ('requesting' | 'resource')[];
};

/** Text; providers' own values, so no more is known than that it is not endless. */
export const text = (maxLength = 4096) => opt(orNull(Type.String({ maxLength })));
export const flag = opt(orNull(Type.Boolean()));
export const texts = (maxLength = 2048, maxItems = 1000) =>
  opt(orNull(Type.Array(Type.String({ maxLength }), { maxItems })));
export const oneOf = <const V extends readonly string[]>(...values: V) => opt(orNull(choice(values)));
export const integer = (minimum: number, maximum: number) => opt(orNull(Type.Integer({ minimum, maximum })));
export const group = (properties: TProperties): TSchema => opt(orNull(open(properties)));
export const strictGroup = (properties: TProperties): TSchema => opt(orNull(strict(properties)));
/** Texts by name. */
export const textMap = (maxLength: number, maxProperties: number): TSchema =>
  opt(orNull(Type.Unsafe({ type: 'object', additionalProperties: { type: 'string', maxLength }, maxProperties })));
/** A web address or nothing. What is fetched goes through the egress guard as well. */
export const address = opt(orNull(Type.String({ maxLength: 2048, pattern: PATTERNS.webUrlOrEmpty })));
/** An address that browsers load. */
const picture = opt(orNull(Type.String({ maxLength: 2048, pattern: PATTERNS.httpsUrlOrEmpty })));
/** Scopes: a list, or a text that the provider separates as it likes. */
export const scopes: TSchema = opt(
  orNull(Type.Unsafe({ type: ['string', 'array'], maxLength: 100_000, items: { type: 'string', maxLength: 4096 } })),
);
export const flags = (names: readonly string[]): TProperties => Object.fromEntries(names.map((name) => [name, flag]));

/** Options that every strategy takes. */
export const common: TProperties = {
  non_persistent_attrs: texts(255, 96),
  upstream_params: opt(orNull(Type.Unsafe<Options>({ type: 'object', maxProperties: 100 }))),
  set_user_root_attributes: oneOf('on_each_login', 'on_first_login', 'never_on_login'),
  icon_url: picture,
  domain_aliases: texts(2048, 1000),
  federated_connections_access_tokens: strictGroup({ active: flag }),
};

/** What every application at an OAuth provider has. */
export const oauthClient: TProperties = { client_id: text(), client_secret: text(10_000), scope: scopes };

/** Options that every enterprise provider takes. */
export const enterprise: TProperties = {
  ...common,
  tenant_domain: text(512),
  strategy_version: integer(1, 10),
};

/** Fingerprints of the certificates that a provider signs with. */
export const thumbprints = opt(orNull(Type.Array(Type.String({ pattern: PATTERNS.thumbprint }), { maxItems: 20 })));
