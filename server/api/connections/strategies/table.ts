/** Every strategy by its name. `satisfies` keeps the names, so that a misspelt one does not compile. */
import { type TSchema, Type } from 'typebox';
import { ApiError } from '../../../http/errors.ts';
import { validator } from '../../../schema/validate.ts';
import { databaseStrategies } from './database.ts';
import { enterpriseStrategies } from './enterprise.ts';
import { passwordlessStrategies } from './passwordless.ts';
import { socialStrategies } from './social.ts';
import type { Options, Strategy } from './strategy.ts';

const STRATEGIES = {
  ...databaseStrategies,
  ...passwordlessStrategies,
  ...enterpriseStrategies,
  ...socialStrategies,
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof STRATEGIES;

export const STRATEGY_NAMES = Object.keys(STRATEGIES).toSorted() as StrategyName[];

/** What is known of a strategy. @throws TypeError for a name that validation should have refused */
export function strategyOf(name: string): Strategy {
  const strategy = (STRATEGIES as Readonly<Record<string, Strategy>>)[name];
  if (!strategy) throw new TypeError(`No strategy ${name}`);
  return strategy;
}

/** One validator each, compiled when it is first asked. */
const CHECKS = new Map(
  Object.entries<Strategy>(STRATEGIES).map(([name, { options }]) => [
    name,
    validator(Type.Object({ options: Type.Object(options) }) as TSchema, 'body'),
  ]),
);

/** @throws ApiError 400 when an option is not what the strategy takes */
export function checkStrategyOptions(name: string, options: Options): void {
  const problem = CHECKS.get(name)?.({ options });
  if (problem) throw new ApiError(400, problem.message, problem.errorCode);
}
