import { Button, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../ui/page.tsx';
import { useKeepProgress } from './queries.ts';
import classes from './welcome.module.css';

const STEPS = ['Type', 'Client', 'Trial', 'Next'];

export type StepPageProps = {
  /** Counts from 1. */
  step: number;
  title: string;
  description: ReactNode;
  /** Instead of the button that puts all steps aside. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A step: how far it is, what it asks, and the way to put the rest aside. */
export function StepPage({ step, title, description, actions, children }: StepPageProps) {
  return (
    <Page title={title} description={description} back={<Progress step={step} />} actions={actions ?? <PutAside />}>
      {children}
    </Page>
  );
}

function Progress({ step }: { step: number }) {
  return (
    <ol className={classes.progress} aria-label="First steps">
      {STEPS.map((name, position) => (
        <li
          key={name}
          className={classes.part}
          data-reached={position < step || undefined}
          aria-current={position === step - 1 ? 'step' : undefined}
        >
          <Text span size="xs" className={classes.partName}>
            {position + 1}. {name}
          </Text>
        </li>
      ))}
    </ol>
  );
}

function PutAside() {
  const keep = useKeepProgress();
  const navigate = useNavigate();
  return (
    <Button
      variant="default"
      loading={keep.isPending}
      onClick={() => keep.mutate({ welcome: 'dismissed' }, { onSettled: () => navigate({ to: '/clients' }) })}
    >
      Skip the first steps
    </Button>
  );
}
