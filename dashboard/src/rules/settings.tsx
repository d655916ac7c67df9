/**
 * Values that rules read: keys of other systems, addresses, switches.
 */
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ruleConfigKey } from '../../../server/api/rules-configs/schema.ts';
import { useSecrets } from '../code/secrets.tsx';
import { useDashboard } from '../dashboard.tsx';
import { patternOf } from '../forms/schema.ts';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { ruleValuesQuery, useDeleteRuleValue, useSetRuleValue } from './queries.ts';

const KEY = patternOf(ruleConfigKey);

export function SettingsTab() {
  const { api } = useDashboard();
  const query = useQuery(ruleValuesQuery(api));
  const set = useSetRuleValue();
  const remove = useDeleteRuleValue();
  const secrets = (query.data ?? []).map(({ key }) => ({ name: key }));
  const { add, list } = useSecrets({
    thing: 'value',
    secrets,
    set,
    remove,
    setScope: 'update:rules_configs',
    removeScope: 'delete:rules_configs',
    readBy: 'configuration.',
    problemOf: (name) =>
      KEY.test(name) && name.length <= 127 ? undefined : 'Letters, digits and _ - @ * + : are allowed, 127 at most.',
  });
  const isEmpty = query.isSuccess && secrets.length === 0;
  return (
    <>
      {query.isPending && <RowSkeletons label="Values" avatar={false} />}
      {query.isError && !query.data && <Failure error={query.error} onRetry={() => query.refetch()} />}
      {isEmpty && (
        <Empty icon={<IconKey />} title="No value yet" actions={add}>
          Put keys and addresses here instead of into code: every rule reads them as configuration.NAME, and nobody can
          read them here again.
        </Empty>
      )}
      {secrets.length > 0 && (
        <Toolbar text="Every rule reads them by name. Values are kept sealed and not shown.">{add}</Toolbar>
      )}
      {list}
    </>
  );
}
