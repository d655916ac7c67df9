/**
 * The settings of a connection, as its strategy has them, and the end of it.
 */
import { Box } from '@mantine/core';
import { useMemo } from 'react';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { SettingsForm } from '../forms/form.tsx';
import { CopyField } from '../ui/copy.tsx';
import { Deeds } from '../ui/deed.tsx';
import { DeleteDeed } from '../ui/delete.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { Section } from '../ui/section.tsx';
import { STRATEGY_WORDS, type StrategyName, strategyLabel } from './catalogue.ts';
import { familyOf, listOf } from './connection.tsx';
import { type Connection, useConnection, useDeleteConnection, useUpdateConnection } from './queries.ts';
import { inertStrategy, sectionsOf } from './sections.ts';

export function SettingsTab() {
  const connection = useConnection();
  const update = useUpdateConnection(connection.id);
  const strategy = connection.strategy as StrategyName;
  const sections = useMemo(() => sectionsOf(strategy), [strategy]);
  const family = familyOf(connection);
  const { note } = STRATEGY_WORDS[strategy];
  return (
    <>
      {inertStrategy(strategy) && (
        <Box py="xl">
          <NoEffect title={`Nobody can sign in with ${strategyLabel(strategy)} yet`}>
            The settings of this connection are checked, kept and answered by the API. Signing in through it follows.{' '}
            {note}
          </NoEffect>
        </Box>
      )}
      {(family === 'social' || family === 'enterprise') && <AtTheProvider connection={connection} />}
      <SettingsForm
        scope="update:connections"
        key={connection.id}
        stored={connection}
        sections={sections}
        save={update}
      />
      <May scope="delete:connections">
        <DeleteConnection connection={connection} />
      </May>
    </>
  );
}

function AtTheProvider({ connection }: { connection: Connection }) {
  const { config } = useDashboard();
  const issuer = config.issuer.replace(/\/$/, '');
  const isSaml = ['samlp', 'pingfederate', 'adfs'].includes(connection.strategy);
  return (
    <Section title="At the provider" description="What to enter where you register this server with the provider.">
      <CopyField
        label={isSaml ? 'Assertion consumer service URL' : 'Callback URL'}
        name="callback URL"
        value={`${issuer}/login/callback${isSaml ? `?connection=${connection.name}` : ''}`}
      />
      {isSaml && (
        <CopyField label="Entity ID" name="entity ID" value={`urn:auth0:${config.tenant}:${connection.name}`} />
      )}
      {connection.provisioning_ticket_url && (
        <CopyField
          label="Ticket URL"
          name="ticket URL"
          value={connection.provisioning_ticket_url}
          description="For the administrator of the other side. The page behind it is not built yet."
        />
      )}
    </Section>
  );
}

function DeleteConnection({ connection }: { connection: Connection }) {
  const remove = useDeleteConnection(connection.id);
  const { name } = connection;
  return (
    <Section title="Danger zone" description="People who come from here can no longer sign in." danger>
      <Deeds>
        <DeleteDeed
          title="Delete connection"
          text="Removes the connection and all its users. This cannot be undone."
          thing="connection"
          name={name}
          to={listOf(connection)}
          remove={remove}
          typed={name}
        >
          All users of <strong>{name}</strong> are deleted with it, for good.
        </DeleteDeed>
      </Deeds>
    </Section>
  );
}
