/** Making keys for a connection: one that signs, one that will. Takes long: call before a unit of work. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { randomSecret } from '../../../keys/secrets.ts';
import { commonName, ES256, ES384, loadX509, RS256, serialNumber, webKeys } from '../../../tls/x509.ts';
import type { Connection } from '../schema.ts';
import { strategyOf } from '../strategies/table.ts';
import { ALGORITHMS, type ConnectionKey } from './schema.ts';

/** A key that belongs to no connection yet. */
export type NewConnectionKey = Omit<ConnectionKey, 'connection_id'>;

/** What a connection begins with. */
export type ConnectionKeys = readonly NewConnectionKey[];

const YEAR = 365 * 86_400_000;

const generate = promisify(generateKeyPair);

/** How a key pair is made and its certificate is signed, by the algorithm that it is for. */
const CURVES = {
  ES256: { curve: 'P-256', certificate: ES256 },
  ES384: { curve: 'P-384', certificate: ES384 },
} as const;

/** Whether a connection proves to the provider who it is by signing. */
export function needsKeys({ strategy, options }: Pick<Connection, 'strategy' | 'options'>): boolean {
  return strategyOf(strategy).hasKeys === true && options?.token_endpoint_auth_method === 'private_key_jwt';
}

/** The algorithm that the options ask for. */
export function algorithmOf(options: Connection['options']): ConnectionKey['algorithm'] {
  const wanted = options?.token_endpoint_auth_signing_alg;
  return ALGORITHMS.find((algorithm) => algorithm === wanted) ?? 'RS256';
}

/** The first two keys of a connection. */
export async function makeKeys(
  name: string,
  options: Connection['options'],
  now: number,
  algorithm = algorithmOf(options),
): Promise<ConnectionKeys> {
  const [current, next] = await Promise.all([makeKey(name, algorithm, now), makeKey(name, algorithm, now)]);
  return [{ ...current, status: 'current', current_since: new Date(now).toISOString() }, next];
}

/** A key that will sign next, with a certificate in the connection's name that is good for a year. */
export async function makeKey(
  name: string,
  algorithm: ConnectionKey['algorithm'],
  now: number,
): Promise<NewConnectionKey> {
  const elliptic = algorithm === 'ES256' || algorithm === 'ES384' ? CURVES[algorithm] : undefined;
  const pair = elliptic
    ? await generate('ec', { namedCurve: elliptic.curve })
    : await generate('rsa', { modulusLength: 2048 });
  const signing = elliptic?.certificate ?? RS256;
  const { X509CertificateGenerator } = await loadX509();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: commonName(name),
    notBefore: new Date(now),
    notAfter: new Date(now + YEAR),
    keys: webKeys(pair, signing),
    signingAlgorithm: signing,
  });
  return {
    kid: randomSecret(32),
    status: 'next',
    algorithm,
    cert: `${certificate.toString('pem')}\n`,
    private_key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
