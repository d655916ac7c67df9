/** The types of client that the dashboard offers, apart from how they look so that the router can check an address. */
export const CLIENT_TYPE_VALUES = ['native', 'spa', 'regular_web', 'non_interactive'] as const;

export type ClientType = (typeof CLIENT_TYPE_VALUES)[number];
