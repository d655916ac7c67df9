import { useState } from 'react';
import { notifyDone } from './notify.tsx';

/** As much of a mutation as is needed. */
type Change<Thing> = {
  mutate: (thing: Thing, options: { onSuccess: () => void }) => void;
  reset: () => void;
  error: Error | null;
  isPending: boolean;
};

/**
 * A change to one thing of a list that is asked about first.
 * @param done what is said when it worked, if need be of the thing
 * @returns the thing that is asked about, what begins to ask, and what its `Confirm` takes
 */
export function useAsked<Thing>(change: Change<Thing>, done: string | ((thing: Thing) => string)) {
  const [about, setAbout] = useState<Thing>();
  const close = () => setAbout(undefined);
  const confirm = () => {
    if (about === undefined) return;
    change.mutate(about, {
      onSuccess: () => {
        close();
        notifyDone(typeof done === 'string' ? done : done(about));
      },
    });
  };
  return {
    about,
    ask: (thing: Thing) => {
      change.reset();
      setAbout(thing);
    },
    question: {
      opened: about !== undefined,
      onClose: close,
      onConfirm: confirm,
      pending: change.isPending,
      error: change.error,
    },
  };
}
