/**
 * What the signed-in administrator may do, for screens: what their token does not allow is not offered. The server
 * decides all the same; this is so that nobody is led to a refusal.
 */
import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { ManagementScope } from '../../../server/tenants/scopes.ts';
import { useDashboard } from '../dashboard.tsx';
import classes from './may.module.css';

export type Scope = ManagementScope;

/** Whether the token has one of these scopes, as an operation of the API asks for one of its own. */
export function useMay(...anyOf: readonly Scope[]): boolean {
  const scopes = useScopes();
  return anyOf.some((scope) => scopes.has(scope));
}

/** All scopes of the token, for what asks about several things at once. */
export function useScopes(): ReadonlySet<string> {
  const { session } = useDashboard();
  return useSyncExternalStore(session.subscribe, session.state).scopes;
}

type Needs = {
  /** Scopes of which one is enough. */
  scope: Scope | readonly Scope[];
  children: ReactNode;
};

/** Shows an action to who may do it. */
export function May({ scope, otherwise, children }: Needs & { otherwise?: ReactNode }) {
  return useMay(...[scope].flat()) ? children : otherwise;
}

/** A form that is locked for who may read it and not change it, with a word about what is missing. */
export function Changeable({ scope, children }: Needs) {
  const scopes = [scope].flat();
  if (useMay(...scopes)) return children;
  return (
    <>
      <Alert
        variant="default"
        radius="lg"
        className={classes.notice}
        icon={<IconLock aria-hidden />}
        title="You may look at this, not change it"
      >
        Changes need <ScopeNames scopes={scopes} />, which none of your roles gives you.
      </Alert>
      <fieldset disabled className={classes.locked}>
        {children}
      </fieldset>
    </>
  );
}

/** Scopes as a person reads them: "read:users or read:logs". */
export function ScopeNames({ scopes }: { scopes: readonly string[] }) {
  return scopes.map((scope, index) => (
    <span key={scope}>
      {index > 0 && ' or '}
      <strong>{scope}</strong>
    </span>
  ));
}
