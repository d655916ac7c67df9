/** What `virtual:connections` holds, from the server's descriptions of connections and their strategies. */
import type { Family } from '../../../server/api/connections/strategies/strategy.ts';
import type { StrategyName } from '../../../server/api/connections/strategies/table.ts';
import type { Described, JsonSchema } from '../forms/schema.ts';

export type Strategies = Readonly<
  Record<StrategyName, { readonly family: Family; readonly options: Readonly<Record<string, JsonSchema>> }>
>;

export type ConnectionFields = Readonly<Record<string, Described>>;
