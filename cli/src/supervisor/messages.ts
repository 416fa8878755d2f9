/** The processes of the product on one machine, in the order in which they are stopped. */
export const ROLES = ['hot', 'watch', 'desk', 'outside'] as const;
export type Role = (typeof ROLES)[number];

/** From the supervisor. */
export type ToChild = { readonly kind: 'begin' } | { readonly kind: 'stop' };

export type FromChild =
  /** Modules, rulebook and reference data are in memory and the log is open; the process waits for `begin`. */
  | { readonly kind: 'loaded' }
  /** Every service of the process can do its work. */
  | { readonly kind: 'ready' }
  /** Something the person at the terminal must see, such as a new account. */
  | { readonly kind: 'notice'; readonly text: string };
