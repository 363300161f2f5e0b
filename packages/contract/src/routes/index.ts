import * as contract from '../index.ts';
import type { Route } from '../route.ts';

type Contract = typeof contract;

/** Every route of the API by its id. There is no list to keep: what the contract exports is mounted and documented. */
export type Routes = {
  readonly [Name in keyof Contract as Contract[Name] extends Route
    ? Contract[Name]['id']
    : never]: Contract[Name];
};

const isRoute = (exported: unknown): exported is Route =>
  typeof exported === 'object' &&
  exported !== null &&
  'method' in exported &&
  'path' in exported &&
  'access' in exported;

export const ALL_ROUTES: readonly Route[] = Object.values<unknown>(contract).filter(isRoute);
