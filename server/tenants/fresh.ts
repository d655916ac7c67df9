/** The names of the clients that a fresh tenant holds, apart from what makes them: the dashboard tells by them that it is fresh. */
export const FRESH_CLIENTS = {
  global: 'All Applications',
  defaultApp: 'Default App',
  explorer: 'API Explorer Application',
  dashboard: 'Dashboard',
} as const;
