import { PasswordInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { databaseChoicesQuery } from '../api/choices.ts';
import { fieldOf } from '../api/errors.ts';
import type { Connection } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { Loaded } from '../ui/states.tsx';
import { useCreateUser } from './queries.ts';

/** The dialog that makes a user of a database connection and opens its page. */
export const CreateUser = dialogOf('Create user', Databases);

function Databases({ onClose }: { onClose: () => void }) {
  const { api } = useDashboard();
  const query = useQuery(databaseChoicesQuery(api));
  return <Loaded query={query}>{(databases) => <UserForm databases={databases} onClose={onClose} />}</Loaded>;
}

const EMPTY = { email: '', username: '', password: '' };

function UserForm({ databases, onClose }: { databases: Connection[]; onClose: () => void }) {
  const [connection, setConnection] = useState(databases[0]?.name ?? '');
  const [fields, setFields] = useState(EMPTY);
  const chosen = databases.find(({ name }) => name === connection);
  const hasUsername = chosen?.options?.requires_username === true;
  const set = (name: keyof typeof EMPTY) => (text: string) => setFields((now) => ({ ...now, [name]: text }));
  const [email, username, password] = [fields.email.trim(), hasUsername && fields.username.trim(), fields.password];
  const body = { connection, password, ...(email ? { email } : {}), ...(username ? { username } : {}) };
  return (
    <CreateForm
      create={useCreateUser()}
      body={(email || username) && password ? body : undefined}
      fields={[...Object.keys(EMPTY), 'connection']}
      about={fieldAbout}
      page={({ user_id }) => ({ to: '/users/$userId', params: { userId: user_id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
          <DialogText
            id="email"
            data-autofocus
            type="email"
            label="Email"
            value={fields.email}
            failure={failure}
            onText={set('email')}
          />
          {hasUsername && (
            <DialogText
              id="username"
              label="Username"
              value={fields.username}
              failure={failure}
              onText={set('username')}
            />
          )}
          <PasswordInput
            id="password"
            label="Password"
            description="The rules of the connection apply. Tell it to nobody: a reset link lets them choose their own."
            autoComplete="new-password"
            value={fields.password}
            error={failure.at('password')}
            aria-invalid={failure.at('password') ? true : undefined}
            onChange={(event) => set('password')(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          />
          <Select
            id="connection"
            label="Connection"
            description="The database that keeps the password."
            data={databases.map(({ name }) => name)}
            value={connection}
            allowDeselect={false}
            error={failure.at('connection')}
            onChange={(next) => setConnection(next ?? '')}
          />
        </>
      )}
    </CreateForm>
  );
}

/** The field that a refusal is about: the rules of passwords and taken addresses are told without naming one. */
function fieldAbout(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  if (/^Password\w*Error\b/.test(message)) return 'password';
  return /already exists/.test(message) ? 'email' : fieldOf(error);
}
