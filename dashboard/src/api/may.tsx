/**
 * What the signed-in administrator may do, for screens: what their token does not allow is not offered. The server
 * decides all the same; this is so that nobody is led to a refusal.
 */
import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { ManagementScope } from '../../../server/tenants/scopes.ts';
import { useDashboard } from '../dashboard.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Refusal } from '../ui/states.tsx';
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

/** A screen that is there to do something, such as to create; who may not is told what it takes, and led back. */
export function Permitted({ scope, back, children }: Needs & { back: { to: LinkProps['to']; label: string } }) {
  const scopes = [scope].flat();
  if (useMay(...scopes)) return children;
  const actions = (
    <ButtonLink to={back.to} variant="default">
      {back.label}
    </ButtonLink>
  );
  return <Refusal scopes={scopes} actions={actions} />;
}

const Locked = createContext(false);

/** Whether the form around may be looked at and not changed: for what has a way of its own to say so, such as code. */
export function useIsLocked(): boolean {
  return useContext(Locked);
}

/**
 * A form as who may read it and not change it finds it: with a word about what is missing, and its `Controls` locked.
 * What shows more of it, such as a tab, works on.
 */
export function Changeable({ scope, children }: Needs) {
  const scopes = [scope].flat();
  const isLocked = !useMay(...scopes);
  return (
    <Locked value={isLocked}>
      {isLocked ? (
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
          {/* Of its own, so that a first section in it draws no line above. */}
          <div>{children}</div>
        </>
      ) : (
        children
      )}
    </Locked>
  );
}

/**
 * The fields and buttons of a form that change something. What scrolls stays outside: it must be reachable with the
 * keyboard, which nothing in a disabled fieldset is.
 */
export function Controls({ children }: { children: ReactNode }) {
  if (!useIsLocked()) return children;
  return (
    <fieldset disabled role="presentation" className={classes.locked}>
      {children}
    </fieldset>
  );
}

/** Scopes as a person reads them: "read:users or read:logs". */
function ScopeNames({ scopes }: { scopes: readonly string[] }) {
  return scopes.map((scope, index) => (
    <span key={scope}>
      {index > 0 && ' or '}
      <strong>{scope}</strong>
    </span>
  ));
}
