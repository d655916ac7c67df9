import { notifyUndoable } from './notify.tsx';

/** As much of a mutation as is needed. */
type Change<Thing> = {
  mutate: (thing: Thing, options: { onSuccess: () => void }) => void;
  error: Error | null;
};

type Restoration<Thing> = { mutateAsync: (thing: Thing) => Promise<unknown> };

/**
 * Takes things out of a list that can be put back as they were: at once, with the offer to undo it. What cannot be put
 * back is asked about first (asked.ts).
 * @param done what is said when it worked
 */
export function useRemoval<Thing>(
  remove: Change<Thing>,
  restore: Restoration<Thing>,
  done: (thing: Thing) => string,
): { remove: (thing: Thing) => void; error: Error | null } {
  return {
    remove: (thing) =>
      remove.mutate(thing, { onSuccess: () => notifyUndoable(done(thing), () => restore.mutateAsync(thing)) }),
    error: remove.error,
  };
}
