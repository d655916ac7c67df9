/** Where the dashboard opens: with the first steps in a tenant that nobody has made anything in, else with the first screen. */
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useMay } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { useScreens } from '../frame/nav.tsx';
import { Loading } from '../ui/states.tsx';
import { isFreshQuery, progressQuery } from './queries.ts';

export function HomeScreen() {
  const { api, config } = useDashboard();
  const screens = useScreens();
  const mayBegin = useMay('create:clients');
  const fresh = useQuery(isFreshQuery(api));
  const progress = useQuery(progressQuery(api, config));
  if (fresh.isPending || progress.isPending) return <Loading />;
  const isFirst = mayBegin && fresh.data === true && progress.data !== undefined && !progress.data.welcome;
  return <Navigate to={isFirst ? '/welcome' : (screens[0]?.to ?? '/clients')} replace />;
}
