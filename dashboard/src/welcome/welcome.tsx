/**
 * From a fresh tenant to a login that works: what is being built, the client for it, a trial, and where to go on. The
 * address says which step is open; without one the tenant does, so that another day or browser goes on where this ended.
 */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { ApiFailure } from '../api/errors.ts';
import { Permitted } from '../api/may.tsx';
import { clientQuery } from '../clients/queries.ts';
import { useDashboard } from '../dashboard.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { ChooseType } from './choose-type.tsx';
import { MakeClient } from './make-client.tsx';
import { Next } from './next.tsx';
import { progressQuery } from './queries.ts';
import { Trial } from './trial.tsx';

const route = getRouteApi('/welcome');

export function WelcomeScreen() {
  const { type, client, again } = route.useSearch();
  if (client) return <OfClient id={client} />;
  return (
    <Permitted scope="create:clients" back={{ to: '/', label: 'Go to the dashboard' }}>
      {type ? <MakeClient key={type} type={type} /> : again ? <ChooseType /> : <WhereItEnded />}
    </Permitted>
  );
}

function OfClient({ id }: { id: string }) {
  const { api, config } = useDashboard();
  const { done } = route.useSearch();
  const client = useQuery(clientQuery(api, id));
  const progress = useQuery(progressQuery(api, config));
  if (client.error instanceof ApiFailure && client.error.statusCode === 404) return <Again />;
  if (client.isError) return <Failure order={1} error={client.error} onRetry={() => client.refetch()} />;
  if (!client.data || progress.isPending) return <Loading />;
  const guide = progress.data?.welcome_client === id ? progress.data.welcome_guide : undefined;
  return done ? <Next client={client.data} guideId={guide} /> : <Trial client={client.data} />;
}

/** The client that was made and not gone on with; else the first step. */
function WhereItEnded() {
  const { api, config } = useDashboard();
  const progress = useQuery(progressQuery(api, config));
  if (progress.isPending) return <Loading />;
  const { welcome, welcome_client } = progress.data ?? {};
  if (!welcome_client || welcome) return <ChooseType />;
  return <Navigate to="/welcome" search={{ client: welcome_client }} replace />;
}

function Again() {
  return <Navigate to="/welcome" search={{ again: true }} replace />;
}
