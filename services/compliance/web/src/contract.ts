/** The API's types. Types only: the board trusts its own origin and carries no schema library. */
export type * from '../../src/api/contract.ts';
