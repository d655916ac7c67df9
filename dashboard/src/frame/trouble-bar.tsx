import { Alert, Button, Group, Text } from '@mantine/core';
import { IconHourglass, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useDashboard } from '../dashboard.tsx';
import classes from './frame.module.css';

/** Tells above every screen that the server does not answer or asks to wait. Both end by themselves. */
export function TroubleBar() {
  const { trouble } = useDashboard();
  const now = useSyncExternalStore(trouble.subscribe, trouble.now);
  // The region is there before there is anything to tell, so that screen readers notice.
  return (
    <div role="status" className={classes.trouble}>
      {now.kind === 'unreachable' && <Unreachable onRetry={trouble.look} />}
      {now.kind === 'busy' && <Busy until={now.until} />}
    </div>
  );
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  return (
    <Alert color="red" icon={<IconPlugConnectedX />} title="The server can’t be reached">
      <Group justify="space-between" gap="xs">
        <Text size="sm">What you typed stays. This goes on by itself when the server answers again.</Text>
        <Button size="xs" variant="default" onClick={onRetry}>
          Try now
        </Button>
      </Group>
    </Alert>
  );
}

function Busy({ until }: { until: number }) {
  const [left, setLeft] = useState(() => secondsUntil(until));
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsUntil(until)), 500);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <Alert color="yellow" icon={<IconHourglass />} title="Too many requests">
      <Text size="sm">
        The server asks to wait. What was asked for goes on in {left} s by itself; what you typed stays.
      </Text>
    </Alert>
  );
}

function secondsUntil(instant: number): number {
  return Math.max(1, Math.ceil((instant - Date.now()) / 1000));
}
