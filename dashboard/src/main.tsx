/**
 * Starts the dashboard: configuration, then sign-in, then the screens. Only here something happens on import.
 */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadConfig } from './api/config.ts';
import { ApiFailure } from './api/errors.ts';
import { createApi } from './api/request.ts';
import { createTrouble } from './api/trouble.ts';
import type { DashboardConfig } from './api/types.ts';
import { SignedOut } from './auth/lost.tsx';
import { handOver } from './auth/popup.ts';
import { CALLBACK, openSession, type Session } from './auth/session.ts';
import { NoAdministrator, SignInFailed } from './auth/sign-in-failed.tsx';
import { TRY_PATH } from './clients/quick-start/try-path.ts';
import { type Dashboard, DashboardProvider } from './dashboard.tsx';
import { createDashboardRouter } from './router.tsx';
import { cssVariables, theme } from './theme.ts';
import { WholePage } from './ui/page.tsx';
import { Failure, Loading } from './ui/states.tsx';

const root = createRoot(document.getElementById('root')!);

function show(content: ReactNode) {
  root.render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-center" />
        {content}
      </MantineProvider>
    </StrictMode>,
  );
}

async function start() {
  show(
    <WholePage>
      <Loading label="Signing in" />
    </WholePage>,
  );
  if (location.pathname === TRY_PATH) {
    const { TryCallback } = await import('./clients/quick-start/try-callback.tsx');
    return show(<TryCallback />);
  }
  if (location.pathname === CALLBACK && handOver()) return;
  const config = await loadConfig();
  try {
    const session = await openSession(config);
    if (isAdministrator(session)) showScreens(config, session);
    else show(<NoAdministrator session={session} config={config} />);
  } catch (error) {
    show(<SignInFailed error={error} config={config} />);
  }
}

function isAdministrator(session: Session) {
  // Scopes of the API have a colon; those of OpenID Connect have none.
  return [...session.state().scopes].some((scope) => scope.includes(':'));
}

function showScreens(config: DashboardConfig, session: Session) {
  const queryClient = new QueryClient({
    defaultOptions: {
      // An answer of the server is final; only a request that never arrived is worth a second one.
      queries: { staleTime: 10_000, retry: (count, error) => count < 1 && isNetwork(error) },
    },
  });
  // What could not be asked for while the server was away is asked for now.
  const trouble = createTrouble(() => queryClient.invalidateQueries());
  const dashboard: Dashboard = { config, session, trouble, api: createApi(config.api_base, session, trouble) };
  show(
    <QueryClientProvider client={queryClient}>
      <DashboardProvider value={dashboard}>
        <SignedOut />
        <RouterProvider router={createDashboardRouter()} />
      </DashboardProvider>
    </QueryClientProvider>,
  );
}

function isNetwork(error: unknown) {
  return error instanceof ApiFailure && error.kind === 'network';
}

start().catch((error) =>
  show(
    <WholePage>
      <Failure order={1} error={error} onRetry={() => location.reload()} />
    </WholePage>,
  ),
);
