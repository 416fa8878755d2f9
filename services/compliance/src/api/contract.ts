/**
 * The contract between the board and the service: a schema and, under the same or a `…View` name, a type for every
 * request, response and live event. Depends on nothing but typebox, so that the browser may import it.
 * Paths, methods and statuses: see API.md and, generated, docs/reference/http-api.md.
 */
export * from './contract/actions.ts';
export * from './contract/live.ts';
export * from './contract/obligations.ts';
export * from './contract/operations.ts';
export * from './contract/overview.ts';
export * from './contract/problem.ts';
export * from './contract/repairs.ts';
export * from './contract/rulebook.ts';
export * from './contract/scalars.ts';
export * from './contract/session.ts';
export * from './contract/trades.ts';
