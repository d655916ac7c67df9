import { ApiFailure } from './errors.ts';
import type { DashboardConfig } from './types.ts';

/**
 * What the server says about itself before anyone has signed in.
 *
 * @throws ApiFailure when the server does not answer, or with something else than the configuration.
 */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch(`${import.meta.env.BASE_URL}config.json`).catch(() => {
    throw new ApiFailure('network', 'The server did not answer.');
  });
  const config = await response.json().catch(() => undefined);
  if (response.ok && config) return config;
  throw new ApiFailure('api', `The configuration of the dashboard could not be read (status ${response.status}).`, {
    statusCode: response.status,
  });
}
