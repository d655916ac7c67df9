/** How the window of a tried login and the dashboard find each other; alone, because it is loaded before anything else. */

/** Path of the page where the window ends. */
export const TRY_PATH = '/dashboard/try';

/** Name of the channel between that page and the one that waits. */
export const TRY_CHANNEL = 'latchkey.try';

/** The message that the page sends: the query of its address. */
export type TryMessage = { readonly search: string };
