/**
 * The draft of code that has versions: it is saved as a draft, and a version is made of it by a deed of its own. Actions
 * are deployed, modules published.
 */
import type { ReactNode } from 'react';
import { type Placed, placed } from '../api/errors.ts';
import { focusById } from '../ui/focus-field.ts';
import { notifyDone } from '../ui/notify.tsx';
import type { SaveBarProps } from '../ui/save-bar.tsx';
import { useCodeCheck } from './check.tsx';
import { useDraft } from './form.tsx';

/** As much of a mutation as is needed. */
type Change<Input> = {
  mutate: (input: Input, options: { onSuccess: () => void; onError: (error: Error) => void }) => void;
  reset: () => void;
  error: Error | null;
  isPending: boolean;
};

export type VersionedDraftOptions<Fields, Changes> = {
  stored: Fields;
  /** What differs from what is stored, in the words of the API; undefined when nothing does. */
  changesOf: (now: Fields) => Changes | undefined;
  update: Change<Changes>;
  /** Makes a version, after what is given was saved. */
  publish: Change<Changes | undefined>;
  /** The deed in words ("Deploy"), and what is said when it worked. */
  deed: string;
  done: string;
  /** The field that an error is about. */
  fieldOf: (error: unknown) => string | undefined;
};

export type VersionedDraft<Fields> = {
  now: Fields;
  change: (part: Partial<Fields>) => void;
  changed: boolean;
  failure: Placed;
  /** Asks first when nothing could run the code. */
  publish: () => void;
  /** What the form around it takes. */
  form: { onSubmit: () => void; bar: SaveBarProps };
  dialog: ReactNode;
};

export function useVersionedDraft<Fields extends { code: string }, Changes>(
  options: VersionedDraftOptions<Fields, Changes>,
): VersionedDraft<Fields> {
  const { stored, changesOf, update, publish, deed, done, fieldOf } = options;
  const { check, dialog } = useCodeCheck('module', deed);
  const { now, change, discard } = useDraft(stored, () => {
    update.reset();
    publish.reset();
  });
  const changes = changesOf(now);
  const changed = changes !== undefined;
  const failed = update.error ?? publish.error;
  const failure = placed(failed, Object.keys(stored), fieldOf(failed));
  const after = (message: string) => ({
    onSuccess: () => {
      discard();
      notifyDone(message);
    },
    onError: (error: Error) => void focusById(fieldOf(error)),
  });
  return {
    now,
    change,
    changed,
    failure,
    publish: () => check(now.code, () => publish.mutate(changes, after(done))),
    form: {
      onSubmit: () => changes && update.mutate(changes, after('The draft was saved')),
      bar: {
        changed,
        saving: update.isPending || publish.isPending,
        error: failure.elsewhere,
        onDiscard: discard,
        action: 'Save draft',
      },
    },
    dialog,
  };
}
