import type { Random } from '../random.ts';

/** SplitMix32: small, fast, and good enough to choose faults; one seed, one sequence. Never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const nextU32 = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return {
    nextU32,
    bytes: (count) => Uint8Array.from({ length: count }, () => nextU32() & 0xff),
  };
}
