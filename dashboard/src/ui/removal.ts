import { notifyUndoable } from './notify.tsx';

/** As much of a mutation as is needed. */
type Change<Thing> = { mutateAsync: (thing: Thing) => Promise<unknown> };
type Removal<Thing> = Change<Thing> & { error: Error | null };

/**
 * Takes things out of a list that can be put back as they were: at once, with the offer to undo it. What cannot be put
 * back is asked about first (asked.ts).
 * @param done what is said when it worked
 */
export function useRemoval<Thing>(
  remove: Removal<Thing>,
  restore: Change<Thing>,
  done: (thing: Thing) => string,
): { remove: (thing: Thing) => void; error: Error | null } {
  return {
    // Each has a promise of its own; callbacks of `mutate` would be told of the last one only, and of none after the page
    // was left. Why it failed is in `error`.
    remove: (thing) =>
      void remove.mutateAsync(thing).then(
        () => notifyUndoable(done(thing), () => restore.mutateAsync(thing)),
        () => {},
      ),
    error: remove.error,
  };
}
