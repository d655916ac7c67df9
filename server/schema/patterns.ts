/**
 * The patterns that texts have to match, each with what it asks for in words. The API answers with the pattern, as the
 * vendor does; the dashboard tells the words to whoever typed something else. It loads this file, so no imports here.
 */

type Told = readonly [pattern: string, words: string];

const TOLD = {
  // Names and texts for people.
  withoutBrackets: ['^[^<>]+$', 'Neither < nor >'],
  withoutBracketsOrEmpty: ['^[^<>]*$', 'Neither < nor >'],
  withoutNull: ['^[^\\u0000]*$', 'No null character'],
  withoutColon: ['^[^:]+$', 'No colon'],
  words: [
    '^[a-zA-Z0-9]([ \\-a-zA-Z0-9]*[a-zA-Z0-9])?$',
    'Letters, digits, spaces and hyphens only; a letter or digit first and last',
  ],
  hyphenated: ['^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$', 'Letters and digits only, with single hyphens between them'],
  hyphenatedTemplate: [
    '^(?!-)(?!.*--)(?:[a-zA-Z0-9-]|\\{org_id\\}|\\{org_name\\})*$',
    'Letters, digits, single hyphens, {org_id} and {org_name} only',
  ],
  /** What looks like an id is refused: requests name an organization by either. */
  organizationName: [
    '^(?!org_[a-z0-9]{16}$)[a-z0-9][a-z0-9_-]*$',
    'Lower-case letters, digits, - and _ only; a letter or digit first, and not like an ID',
  ],
  textKey: ['^[A-Za-z][\\w-]{0,127}$', 'Letters, digits, _ and - only; a letter first'],
  flagName: ['^[a-z0-9_]{1,80}$', 'Lower-case letters, digits and _ only, 1 to 80 of them'],
  ruleConfigKey: ['^[A-Za-z0-9_\\-@*+:]*$', 'Letters, digits, _, -, @, *, + and : only'],
  /** RFC 9110 §5.6.2: a token. */
  headerName: ["^[a-zA-Z0-9!#$%&'*+.^_`|~-]+$", "Letters, digits and !#$%&'*+.^_`|~- only"],

  // Addresses.
  httpsUrl: ['^https://\\S+$', 'An address that begins with https://'],
  httpsPrefix: ['^https://.*', 'An address that begins with https://'],
  httpsUrlOrEmpty: ['^(https://\\S+)?$', 'An address that begins with https://'],
  httpsLinkOrEmpty: ['^$|^https://[^\\s<>"]+$', 'An address that begins with https://'],
  webUrlOrEmpty: ['^(https?://\\S+)?$', 'An address that begins with https:// or http://'],
  webLinkOrEmpty: ['^$|^https?://[^\\s<>"]+$', 'An address that begins with https:// or http://'],
  webUrlOrUrn: ['^(https?://|urn:)\\S+$', 'An address that begins with https:// or http://, or a URN'],
  emailOrEmpty: ['^$|^[^\\s@<>"]+@[^\\s@<>"]+$', 'An email address'],
  phoneNumber: ['^\\+[0-9]{1,15}$', 'A phone number with + and the code of its country, such as +14155550100'],
  /** ITU-T E.164, as what can be called or written to. */
  phoneNumberInUse: [
    '^\\+[1-9][0-9]{6,14}$',
    'A phone number with + and the code of its country, such as +14155550100',
  ],
  /** RFC 1035 §2.3.1, without a dot at the end. */
  domainName: [
    '^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$',
    'A domain such as login.example.com',
  ],
  /** RFC 1123 §2.1, in the vendor's writing. */
  hostName: [
    '^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])\\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9])$',
    'A domain such as login.example.com',
  ],
  vaultDomain: ['^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$', 'A domain such as login.example.com'],
  hostOrAddress: ['^[A-Za-z0-9._:-]+$', 'Letters, digits, ., _, : and - only'],

  // Colours and languages.
  rgb: ['^#([\\dA-Fa-f]{6}|[\\dA-Fa-f]{3})$', 'A colour such as #0f4a40'],
  rgba: ['^#(([0-9a-fA-F]{3}){1,2}|([0-9a-fA-F]{4}){1,2})$', 'A colour such as #0f4a40'],
  locale: ['^[a-z]{2,3}(-[A-Z0-9]{2,3})?$', 'Codes of languages such as en or pt-BR'],
  countryCode: ['^[A-Z]{2}$', 'Two capital letters, such as US'],

  // Identifiers.
  id: ['^[\\w-]+$', 'Letters, digits, _ and - only'],
  idOrEnding: ['^(\\$ending|[\\w-]+)$', 'Letters, digits, _ and - only, or $ending'],
  newUserId: ['^[^\\s\\u0000-\\u001f]+$', 'No spaces'],
  importedUserId: ['^[^\\s]+$', 'No spaces'],
  userId: ['^[^\\s|]+\\|\\S+$', 'The ID of a user, such as auth0|507f1f77bcf86cd799439011'],
  organizationId: ['^org_[A-Za-z0-9]{16}$', 'The ID of an organization, org_ and 16 letters and digits'],
  connectionId: ['^con_[A-Za-z0-9]{16}$', 'The ID of a connection, con_ and 16 letters and digits'],
  groupId: ['^grp_[1-9a-km-zA-HJ-NP-Z]{14,22}$', 'The ID of a group, which begins with grp_'],
  clientGrantId: ['^cgr_\\w+$', 'The ID of a client grant, which begins with cgr_'],
  directoryGroupId: ['^[A-Za-z0-9]+$', 'Letters and digits only'],
  deviceId: ['^[-A-Fa-f0-9]+$', 'Hexadecimal digits and - only'],
  uuid: [
    '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
    'A UUID such as 00000000-0000-0000-0000-000000000000',
  ],
  uuidInShort: [
    '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
    'A UUID such as 00000000-0000-0000-0000-000000000000',
  ],
  rateLimitConsumer: [
    '^(default|third_party_clients|cimd_clients|client_id:\\S+)$',
    'One of default, third_party_clients and cimd_clients, or client_id: and the ID of a client',
  ],
  credentialDialect: ['^simplified/1.0$', 'Only simplified/1.0'],
  credentialIssuers: ['^aamva$', 'Only aamva'],

  // What other services give.
  digits: ['^\\d+$', 'Digits only'],
  digitsOrEmpty: ['^[0-9]*$', 'Digits only'],
  awsAccount: ['^\\d{12}$', 'Digits only, 12 of them'],
  snsRegion: [
    '^(us-east|us-west|ap-southeast|ap-northeast|ap-central|eu-west|eu-central)-[0-9]{1,2}$',
    'A region such as us-east-1',
  ],
  azureAccount: ['^([a-z0-9]){3,24}$', 'Lower-case letters and digits only, 3 to 24 of them'],
  azureContainer: [
    '^([a-z0-9]){1}([a-z0-9-]){2,62}$',
    'Lower-case letters, digits and hyphens only, 3 to 63 characters; a letter or digit first',
  ],
  azureKey: ['^([A-Za-z0-9+/]){86}==$', 'A key in Base64, 88 characters with == at the end'],

  // Keys and secrets.
  keyId: ['^[0-9a-zA-Z-_]{10,64}$', 'Letters, digits, - and _ only, 10 to 64 of them'],
  thumbprint: ['^[0-9a-fA-F]{0,64}$', 'Hexadecimal digits only, 0 to 64 of them'],
  base32: ['^[A-Z2-7]+=*$', 'A secret in Base32: capital letters and the digits 2 to 7'],
  bcryptHash: ['^\\$2[ab]\\$\\d\\d\\$[./A-Za-z0-9]{53}$', 'A password hash of bcrypt'],
} as const satisfies Readonly<Record<string, Told>>;

/** The patterns by name, for schemas. */
export const PATTERNS = Object.fromEntries(Object.entries(TOLD).map(([name, [pattern]]) => [name, pattern])) as {
  readonly [Name in keyof typeof TOLD]: string;
};

/** What a pattern asks for, by the pattern: a sentence without its full stop. */
export const PATTERN_WORDS: ReadonlyMap<string, string> = new Map(Object.values(TOLD));

const FORMATS_TOLD = {
  'date-time': 'A date and time such as 2026-01-31T12:00:00Z',
  'html-color': 'A colour such as #0f4a40',
  'https-url': 'An address that begins with https://',
  'ip-or-cidr': 'An IP address, or a range of them such as 10.0.0.0/8',
  'strict-https-uri': 'An address that begins with https://',
  email: 'An email address',
  ip: 'An IP address',
  uri: 'An address with its scheme, such as https://example.com',
  url: 'An address that begins with https:// or http://',
  // Of these handlers tell, since no schema says it.
  cidr: 'An IPv4 address, or a range of them such as 10.0.0.0/8',
  ipv6_cidr: 'An IPv6 address, or a range of them such as 2001:db8::/32',
  jwk: 'A key in the JWK format',
} as const;

/** Formats that texts may have to have. What each accepts is in `validate.ts`. */
export type FormatName = keyof typeof FORMATS_TOLD;

/** What a format asks for, in the same way. */
export const FORMAT_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(FORMATS_TOLD));
