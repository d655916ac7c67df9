/** Made by vite.config.ts from the server's descriptions of connections and their strategies. */
declare module 'virtual:connections' {
  export const STRATEGIES: import('./descriptions.ts').Strategies;
  export const CONNECTION_FIELDS: import('./descriptions.ts').ConnectionFields;
}
