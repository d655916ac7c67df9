/**
 * The route that all others are below, apart from their list: features keep their own routes beside their screens.
 */
import { IconCompassOff } from '@tabler/icons-react';
import { createRootRoute } from '@tanstack/react-router';
import { NoSuch } from '../ui/not-found.tsx';
import { Frame } from './frame.tsx';

export const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

function NotFound() {
  return <NoSuch thing="page" to="/clients" label="Go to clients" icon={<IconCompassOff />} />;
}
