/**
 * Metadata documents of SAML and WS-Federation providers: finds the endpoints and the signing certificates. The
 * document is configuration that an administrator pastes or points to; nothing here verifies a signature, and no
 * message of a login is read this way.
 * @see https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf
 */
import type { Options } from '../strategies/strategy.ts';
import { readCertificate, thumbprintOf } from './certificate.ts';

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** What SAML 2.0 metadata says about the identity provider; empty when it describes none. */
export function readSamlMetadata(xml: string): Options {
  const provider = elements(clean(xml), 'IDPSSODescriptor')[0];
  if (!provider) return {};
  const signIn = serviceOf(provider.content, 'SingleSignOnService');
  const signOut = serviceOf(provider.content, 'SingleLogoutService');
  const [certificate] = signingCertificates(provider.content);
  return {
    ...(certificate ? { signingCert: Buffer.from(pemOf(certificate)).toString('base64') } : {}),
    ...(signIn ? { signInEndpoint: signIn.location, bindingMethod: signIn.binding } : {}),
    ...(signOut ? { signOutEndpoint: signOut.location } : {}),
  };
}

/** What WS-Federation metadata says about the security token service; empty when it describes none. */
export function readFederationMetadata(xml: string): Options {
  const document = clean(xml);
  const roles = elements(document, 'RoleDescriptor');
  const endpoints = roles.flatMap(({ content }) => elements(content, 'PassiveRequestorEndpoint'));
  const address = endpoints.flatMap(({ content }) => elements(content, 'Address'))[0]?.content;
  const certificates = roles.flatMap(({ content }) => signingCertificates(content));
  const thumbprints = new Set(certificates.map((text) => thumbprintOf(readCertificate(text))));
  return {
    ...(address ? { signInEndpoint: decoded(address.trim()) } : {}),
    ...(thumbprints.size > 0 ? { thumbprints: [...thumbprints] } : {}),
  };
}

type Element = { readonly attributes: string; readonly content: string };

/** Without comments. A document type could define entities and is not looked at: such a document says nothing. */
function clean(xml: string): string {
  if (/<!DOCTYPE/i.test(xml)) return '';
  let rest = '';
  let from = 0;
  for (let start = xml.indexOf('<!--'); start >= 0; start = xml.indexOf('<!--', from)) {
    const end = xml.indexOf('-->', start);
    rest += xml.slice(from, start);
    if (end < 0) return rest;
    from = end + 3;
  }
  return rest + xml.slice(from);
}

/** Elements of a local name, whatever their prefix, that hold no element of the same name. */
function elements(xml: string, name: string): Element[] {
  const opening = new RegExp(`<((?:[\\w.-]+:)?${name})((?:\\s[^<>]*?)?)(/?)>`, 'g');
  const found: Element[] = [];
  for (const match of xml.matchAll(opening)) {
    const [tag, full, attributes, empty] = match as unknown as [string, string, string, string];
    const start = match.index + tag.length;
    const end = empty ? start : xml.indexOf(`</${full}`, start);
    if (end < 0) break;
    found.push({ attributes, content: xml.slice(start, end) });
  }
  return found;
}

/** The service of an element name: by redirect when it is offered, or else the first one. */
function serviceOf(xml: string, name: string): { binding: string; location: string } | undefined {
  const services = elements(xml, name).map(({ attributes }) => ({
    binding: attributeOf(attributes, 'Binding'),
    location: attributeOf(attributes, 'Location'),
  }));
  const usable = services.filter(({ location }) => /^https?:\/\//.test(location));
  return usable.find(({ binding }) => binding === REDIRECT) ?? usable[0];
}

function attributeOf(attributes: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return decoded(match?.[1] ?? match?.[2] ?? '');
}

/** Base64 of the certificates that sign: those of keys without a use serve for everything. */
function signingCertificates(xml: string): string[] {
  return elements(xml, 'KeyDescriptor')
    .filter(({ attributes }) => attributeOf(attributes, 'use') !== 'encryption')
    .flatMap(({ content }) => elements(content, 'X509Certificate'))
    .map(({ content }) => content.replace(/\s+/g, ''));
}

function pemOf(base64: string): string {
  return readCertificate(base64).toString();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => ENTITIES[name]!);
}
