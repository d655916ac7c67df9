import { STRATEGIES } from 'virtual:connections';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { type Family, isLegacy, type StrategyName, strategyLabel } from './catalogue.ts';
import { useCreateConnection } from './queries.ts';

/** The dialog that makes a connection and opens its settings, where the rest is entered. */
export const CreateConnection = dialogOf('Create connection', ConnectionForm);

/** The strategies of a category by their names for people. */
function choicesOf(family: Family) {
  const names = (Object.keys(STRATEGIES) as StrategyName[]).filter(
    (name) => STRATEGIES[name].family === family && !isLegacy(name),
  );
  return names.map((value) => ({ value, label: strategyLabel(value) })).sort((a, b) => a.label.localeCompare(b.label));
}

function ConnectionForm({ family, onClose }: { family: Family; onClose: () => void }) {
  const choices = choicesOf(family);
  const only = choices.length === 1 ? choices[0]!.value : undefined;
  const [strategy, setStrategy] = useState<string>(only ?? '');
  const [typed, setTyped] = useState<string>();
  // Social and passwordless connections are usually the only one of their kind, and named after it.
  const name = typed ?? (family === 'social' || family === 'passwordless' ? strategy : '');
  const body = { name: name.trim(), strategy };
  return (
    <CreateForm
      create={useCreateConnection()}
      body={body.name && strategy ? body : undefined}
      fields={['name']}
      page={({ id }) => ({ to: '/connections/$connectionId', params: { connectionId: id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
          {!only && (
            <Select
              data-autofocus
              label={family === 'passwordless' ? 'Way' : 'Provider'}
              placeholder="Choose"
              searchable
              allowDeselect={false}
              nothingFoundMessage="There is no such provider. OAuth 2.0 or OpenID Connect may do."
              data={choices}
              value={strategy || null}
              onChange={(chosen) => setStrategy(chosen ?? '')}
            />
          )}
          <DialogText
            id="name"
            data-autofocus={only ? true : undefined}
            label="Name"
            description="Letters, digits and single hyphens. Clients and user records refer to it, so it cannot be changed later."
            placeholder={family === 'database' ? 'customers' : 'acme'}
            autoCapitalize="off"
            spellCheck={false}
            value={name}
            failure={failure}
            onText={setTyped}
          />
        </>
      )}
    </CreateForm>
  );
}
