/** Where the dashboard opens: with the first steps in a tenant that nobody has made anything in, else with the clients. */
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { Loading } from '../ui/states.tsx';
import { isFreshQuery, progressQuery } from './queries.ts';

export function HomeScreen() {
  const { api, config, session } = useDashboard();
  const fresh = useQuery(isFreshQuery(api));
  const progress = useQuery(progressQuery(api, config));
  if (fresh.isPending || progress.isPending) return <Loading />;
  const isAble = session.scopes.has('create:clients');
  const isFirst = isAble && fresh.data === true && progress.data !== undefined && !progress.data.welcome;
  return <Navigate to={isFirst ? '/welcome' : '/clients'} replace />;
}
