/** What connections learn from their providers, here a server on this machine, and from certificates. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { makeSigningCertificate } from '../../../tls/selfsigned.ts';
import { readFederationMetadata, readSamlMetadata } from './metadata.ts';

const SSO = 'https://idp.example.com/sso?a=1&amp;b=2';

function samlMetadata(certificate: string): string {
  const body = certificate.replace(/-----[A-Z ]+-----|\s/g, '');
  return `<?xml version="1.0"?><!-- <md:IDPSSODescriptor> -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="encryption"><ds:X509Certificate>AAAA</ds:X509Certificate></md:KeyDescriptor>
    <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data>
      <ds:X509Certificate>\n${body}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/out"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${SSO}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;
}

const FEDERATION = `<EntityDescriptor><RoleDescriptor xsi:type="fed:SecurityTokenServiceType">
  <fed:PassiveRequestorEndpoint><wsa:EndpointReference><wsa:Address>https://adfs.example.com/adfs/ls/</wsa:Address>
  </wsa:EndpointReference></fed:PassiveRequestorEndpoint></RoleDescriptor></EntityDescriptor>`;

let pem = '';
before(async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  pem = await makeSigningCertificate({ ...pair, commonName: 'idp.example.com', now: Date.now() });
});

test('metadata that says nothing, or tries something, is empty', () => {
  for (const xml of ['', 'text', '<a>', '<IDPSSODescriptor', `<!DOCTYPE x [<!ENTITY a "b">]>${samlMetadata('')}`]) {
    assert.deepEqual(readSamlMetadata(xml), {});
    assert.deepEqual(readFederationMetadata(xml), {});
  }
  const scripts = samlMetadata('').replaceAll('https://', 'javascript:').replace('signing', 'encryption');
  assert.deepEqual(readSamlMetadata(scripts), {});
});

test('long nonsense is read to its end', () => {
  for (const piece of ['<!--', '<md:IDPSSODescriptor>', '<KeyDescriptor ', '<IDPSSODescriptor a="']) {
    assert.deepEqual(readSamlMetadata(piece.repeat(100_000 / piece.length)), {});
  }
});

onEveryServer(
  'What connections learn',
  (server) => {
    let provider: Server;
    let base = '';
    let answers: Record<string, string> = {};
    before(async () => {
      provider = createServer((request, response) => {
        const answer = answers[request.url!];
        response.writeHead(answer === undefined ? 404 : 200).end(answer);
      });
      await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
      base = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    });
    after(() => provider.close());

    let count = 0;
    const make = (strategy: string, options: object) =>
      server.make('POST', '/connections', { name: `learns-${++count}`, strategy, options });

    test('endpoints that are left open come from the discovery document, others stay', async () => {
      const document = { issuer: base, authorization_endpoint: `${base}/authorize`, jwks_uri: `${base}/keys` };
      answers = { '/.well-known/openid-configuration': JSON.stringify(document) };
      const discovery_url = `${base}/.well-known/openid-configuration`;
      const made = await make('oidc', { discovery_url, jwks_uri: 'https://own.example.com/keys', issuer: null });
      assert.deepEqual(made.options.oidc_metadata, document);
      assert.equal(made.options.authorization_endpoint, document.authorization_endpoint);
      assert.equal(made.options.jwks_uri, 'https://own.example.com/keys');
      assert.equal(made.options.issuer, base);

      answers = {};
      const path = `/connections/${made.id}`;
      const kept = await server.make('PATCH', path, { options: { discovery_url, scope: 'openid' } });
      assert.deepEqual(kept.options.oidc_metadata, document, 'what is known stays while the provider is away');
      const moved = await server.make('PATCH', path, {
        options: { discovery_url: `${base}/other`, issuer: 'https://other.example.com' },
      });
      assert.deepEqual(moved.options.oidc_metadata, { issuer: 'https://other.example.com' });
    });

    test('a provider that is away, lies or is no provider keeps nobody from writing the connection down', async () => {
      answers = { '/text': 'no json', '/other': '{"no":"issuer"}', '/list': '[]' };
      for (const path of ['/nothing', '/text', '/other', '/list']) {
        const made = await make('oidc', { discovery_url: `${base}${path}`, issuer: 'https://a.example.com' });
        assert.deepEqual(made.options.oidc_metadata, { issuer: 'https://a.example.com' }, path);
      }
      const unreachable = await make('samlp', { metadataUrl: 'http://127.0.0.1:1/metadata' });
      assert.equal(unreachable.options.signInEndpoint, undefined);
    });

    test('SAML metadata gives endpoints and the certificate, and is not kept itself', async () => {
      answers = { '/saml': samlMetadata(pem) };
      const certificate = new X509Certificate(pem);
      for (const given of [{ metadataXml: samlMetadata(pem) }, { metadataUrl: `${base}/saml` }]) {
        const { id, options } = await make('samlp', given);
        assert.equal(options.signInEndpoint, 'https://idp.example.com/sso?a=1&b=2');
        assert.equal(options.signOutEndpoint, 'https://idp.example.com/out');
        assert.equal(options.metadataXml, undefined);
        assert.equal(options.cert, certificate.toString());
        assert.deepEqual(options.subject, { commonName: 'idp.example.com' });
        assert.equal(options.expires, new Date(certificate.validTo).toISOString());
        assert.deepEqual(options.thumbprints, [certificate.fingerprint.replaceAll(':', '').toLowerCase()]);
        const changed = await server.make('PATCH', `/connections/${id}`, { options: { metadataUrl: `${base}/away` } });
        assert.equal(changed.options.signInEndpoint, options.signInEndpoint);
        assert.equal(changed.options.cert, options.cert);
      }
    });

    test('a signing certificate is taken as PEM, as base64 of it, and bare', async () => {
      const forms = [pem, Buffer.from(pem).toString('base64'), new X509Certificate(pem).raw.toString('base64')];
      for (const signingCert of forms) {
        const { options } = await make('samlp', { signingCert });
        assert.equal(options.cert, new X509Certificate(pem).toString());
        assert.equal(options.signingCert, signingCert);
      }
      const { options } = await make('pingfederate', { signingCert: pem });
      assert.equal(options.signingCert, undefined, 'shown as cert only');
      assert.equal(options.cert, new X509Certificate(pem).toString());
    });

    test('WS-Federation metadata gives the endpoint', async () => {
      answers = { '/federation': FEDERATION };
      for (const given of [{ fedMetadataXml: FEDERATION }, { adfs_server: `${base}/federation` }]) {
        const { options } = await make('adfs', given);
        assert.equal(options.signInEndpoint, 'https://adfs.example.com/adfs/ls/');
        assert.deepEqual(options.thumbprints, []);
      }
    });
  },
  { allowPrivateEgress: true },
);
