/** How much goes wrong in a run. */
export interface Intensity {
  readonly name: 'calm' | 'rough' | 'wild';
  /** Faults per run, at least and at most. */
  readonly faultsMin: number;
  readonly faultsMax: number;
  /** Longest window of a fault. */
  readonly windowMsMax: number;
}

export const INTENSITIES: readonly Intensity[] = [
  { name: 'calm', faultsMin: 1, faultsMax: 3, windowMsMax: 4_000 },
  { name: 'rough', faultsMin: 4, faultsMax: 9, windowMsMax: 9_000 },
  { name: 'wild', faultsMin: 10, faultsMax: 20, windowMsMax: 16_000 },
];

/** By seed, so that any row of seeds holds all of them: one calm, two rough, one wild of four. */
export function intensityOf(seed: number): Intensity {
  const [calm, rough, wild] = INTENSITIES as [Intensity, Intensity, Intensity];
  return [calm, rough, wild, rough][seed & 3] ?? rough;
}
