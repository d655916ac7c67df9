/**
 * Name and description of a role, and its end.
 */
import { roleResource } from '../../../server/api/roles/schema.ts';
import { May } from '../api/may.tsx';
import { SettingsForm } from '../forms/form.tsx';
import { type FormSection, fieldsOf } from '../forms/spec.ts';
import { Deeds } from '../ui/deed.tsx';
import { DeleteDeed } from '../ui/delete.tsx';
import { Section } from '../ui/section.tsx';
import { useDeleteRole, useRole, useUpdateRole } from './queries.ts';

const field = fieldsOf(roleResource.fields);

const SECTIONS: readonly FormSection[] = [
  {
    title: 'Settings',
    description: 'How administrators recognise this role.',
    fields: [
      field('name', { label: 'Name', required: true, help: 'No two roles share it.' }),
      field('description', { kind: 'area', label: 'Description', help: 'What it is for.', emptied: 'text' }),
    ],
  },
];

export function SettingsTab() {
  const role = useRole();
  const update = useUpdateRole(role.id);
  const remove = useDeleteRole(role.id);
  return (
    <>
      <SettingsForm key={role.id} scope="update:roles" stored={role} sections={SECTIONS} save={update} />
      <May scope="delete:roles">
        <Section title="Danger zone" description="Everybody who has the role loses its permissions." danger>
          <Deeds>
            <DeleteDeed
              title="Delete role"
              text="Takes it from everybody who has it. This cannot be undone."
              thing="role"
              name={role.name}
              to="/roles"
              remove={remove}
              typed={role.name}
            >
              Everybody who has <strong>{role.name}</strong> loses the permissions that come from it. This cannot be
              undone.
            </DeleteDeed>
          </Deeds>
        </Section>
      </May>
    </>
  );
}
