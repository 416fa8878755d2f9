/** Randomness as a port, so that one seed makes one run in the simulation. */
export interface Random {
  /** Uniform in 0 … 2^32 − 1. */
  nextU32(): number;
  bytes(count: number): Uint8Array;
}
