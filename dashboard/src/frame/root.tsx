/**
 * The route that all others are below, apart from their list: features keep their own routes beside their screens.
 */
import { IconCompassOff } from '@tabler/icons-react';
import { createRootRoute } from '@tanstack/react-router';
import { ButtonLink } from '../ui/links.tsx';
import { Empty } from '../ui/states.tsx';
import { Frame } from './frame.tsx';

export const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

function NotFound() {
  return (
    <Empty
      order={1}
      icon={<IconCompassOff />}
      title="There is no such page"
      actions={
        <ButtonLink to="/clients" variant="default">
          Go to clients
        </ButtonLink>
      }
    >
      The address may be old or mistyped.
    </Empty>
  );
}
