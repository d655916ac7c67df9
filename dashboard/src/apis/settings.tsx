import { resourceServerResource } from '../../../server/api/resource-servers/schema.ts';
import { May } from '../api/may.tsx';
import { SettingsForm } from '../forms/form.tsx';
import { type FormSection, fieldsOf } from '../forms/spec.ts';
import { CopyField } from '../ui/copy.tsx';
import { Deeds } from '../ui/deed.tsx';
import { DeleteDeed } from '../ui/delete.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { Section } from '../ui/section.tsx';
import { type ResourceServer, useDeleteApi, useResourceServer, useUpdateApi } from './queries.ts';

export const ALGORITHM_LABELS = {
  RS256: 'RS256: signed with the key of the tenant',
  RS512: 'RS512: the same with SHA-512',
  PS256: 'PS256: the same with PSS padding',
  HS256: 'HS256: signed with a secret that the API shares',
};

const field = fieldsOf(resourceServerResource.fields);

const TOKENS: FormSection = {
  title: 'Access tokens',
  description: 'How long its tokens are good for, and how they are signed.',
  fields: [
    field('token_lifetime', { label: 'Lifetime', unit: 'seconds', help: 'From their issue; 86400 is a day.' }),
    field('token_lifetime_for_web', {
      label: 'Lifetime for browser flows',
      unit: 'seconds',
      help: 'For tokens that are given to a browser by the implicit flow.',
    }),
    field('signing_alg', { label: 'Signing algorithm', labels: ALGORITHM_LABELS, help: 'How its tokens are signed.' }),
    field('signing_secret', {
      kind: 'secret',
      label: 'Signing secret',
      help: 'At least 16 characters. Whoever has it can make tokens for this API.',
      when: (read) => read('signing_alg') === 'HS256',
    }),
    field('token_dialect', {
      label: 'Token profile',
      help: 'Which claims the token carries, and whether the permissions of the user are among them.',
      unset: 'access_token',
      labels: {
        access_token: 'Auth0',
        access_token_authz: 'Auth0, with permissions',
        rfc9068_profile: 'RFC 9068',
        rfc9068_profile_authz: 'RFC 9068, with permissions',
      },
    }),
  ],
};

const ACCESS: FormSection = {
  title: 'Access',
  description: 'Who gets a token for this API, and with which permissions.',
  fields: [
    field('enforce_policies', {
      label: 'Role-based access control',
      help: 'Users get only the permissions that they were given, directly or by their roles. When it is off, they get what the client asks for.',
    }),
    field('allow_offline_access', {
      label: 'Allow offline access',
      help: 'Clients may ask for refresh tokens, with the scope offline_access.',
    }),
    field('skip_consent_for_verifiable_first_party_clients', {
      label: 'Skip consent for first-party clients',
      help: 'Your own applications do not ask people for their consent. On localhost they always do.',
    }),
    field('subject_type_authorization.user.policy', {
      label: 'Tokens for users',
      help: 'Through which clients people get tokens.',
      labels: {
        allow_all: 'Every client',
        deny_all: 'No client',
        require_client_grant: 'Clients with a grant for users',
      },
    }),
    field('subject_type_authorization.client.policy', {
      label: 'Tokens for clients themselves',
      help: 'Which clients get tokens without a user.',
      labels: { deny_all: 'No client', require_client_grant: 'Clients that are authorised' },
    }),
  ],
};

const MORE: FormSection = {
  title: 'Kept for later',
  folded: true,
  note: <NoEffect>These settings are checked, kept and shown. Nothing goes by them yet.</NoEffect>,
  fields: [
    field('consent_policy', { label: 'Consent policy', inert: false }),
    field('allow_online_access', { label: 'Allow online access', inert: false }),
    field('proof_of_possession.mechanism', { label: 'Proof of possession', inert: false }),
    field('proof_of_possession.required', { label: 'Proof of possession is required', inert: false }),
    field('token_encryption', { label: 'Token encryption', help: 'JSON: format and key.', inert: false }),
  ],
};

const OWN = [
  {
    title: 'General',
    description: 'How people recognise it.',
    fields: [field('name', { label: 'Name', required: true })],
  },
  TOKENS,
  ACCESS,
  MORE,
];

/** The Management API takes changes of these only. */
const SYSTEM_FIELDS = ['token_lifetime', 'token_lifetime_for_web', 'skip_consent_for_verifiable_first_party_clients'];
const SYSTEM = [TOKENS, ACCESS].map((section) => ({
  ...section,
  fields: section.fields.filter(({ path }) => SYSTEM_FIELDS.includes(path)),
}));

export function SettingsTab() {
  const resourceServer = useResourceServer();
  const update = useUpdateApi(resourceServer.id);
  const { id, identifier, is_system } = resourceServer;
  return (
    <>
      <Section title="Identity" description="What clients and the API itself are configured with.">
        <CopyField
          label="Identifier"
          name="identifier"
          value={identifier}
          description="The audience that clients ask for. It cannot be changed."
        />
        <CopyField label="ID" name="ID" value={id} description="Of this record, for the Management API." />
      </Section>
      <SettingsForm
        scope="update:resource_servers"
        key={id}
        stored={resourceServer}
        sections={is_system ? SYSTEM : OWN}
        save={update}
      />
      {!is_system && (
        <May scope="delete:resource_servers">
          <DeleteApi resourceServer={resourceServer} />
        </May>
      )}
    </>
  );
}

function DeleteApi({ resourceServer }: { resourceServer: ResourceServer }) {
  const remove = useDeleteApi(resourceServer.id);
  const name = resourceServer.name || resourceServer.identifier;
  return (
    <Section title="Danger zone" description="Clients that call this API stop getting tokens." danger>
      <Deeds>
        <DeleteDeed
          title="Delete API"
          text="Removes the API, its permissions and all authorisations. This cannot be undone."
          thing="API"
          name={name}
          to="/apis"
          remove={remove}
          typed={name}
        >
          Nobody gets a token for <strong>{name}</strong> any more; its permissions are taken from all users and roles.
        </DeleteDeed>
      </Deeds>
    </Section>
  );
}
