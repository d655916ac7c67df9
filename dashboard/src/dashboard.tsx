/**
 * What every screen may ask for: the configuration of this dashboard, who is signed in, the Management API, and what is
 * wrong with the way there.
 */
import { createContext, type ReactNode, useContext } from 'react';
import type { Api } from './api/request.ts';
import type { TroubleStore } from './api/trouble.ts';
import type { DashboardConfig } from './api/types.ts';
import type { Session } from './auth/session.ts';

export type Dashboard = { config: DashboardConfig; session: Session; api: Api; trouble: TroubleStore };

const DashboardContext = createContext<Dashboard | undefined>(undefined);

export function DashboardProvider({ value, children }: { value: Dashboard; children: ReactNode }) {
  return <DashboardContext value={value}>{children}</DashboardContext>;
}

/** The dashboard that this component is part of. */
export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (!dashboard) throw new Error('useDashboard needs a DashboardProvider above it.');
  return dashboard;
}
