/** The processes of the product on one machine, in the order in which they are stopped. */
export const ROLES = ['hot', 'watch', 'desk', 'outside'] as const;
export type Role = (typeof ROLES)[number];

/** From the supervisor. Nanoseconds travel as text: the channel is JSON. */
export type ToChild = { readonly kind: 'begin'; readonly clockOffsetNs: string } | { readonly kind: 'stop' };

export type FromChild =
  /** All modules are in memory; the process waits for `begin`. */
  | { readonly kind: 'loaded' }
  /** Every service of the process can do its work. */
  | { readonly kind: 'ready' }
  /** Something the person at the terminal must see, such as a new account. */
  | { readonly kind: 'notice'; readonly text: string };
