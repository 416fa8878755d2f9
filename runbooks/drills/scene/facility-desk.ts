import { readFileSync } from 'node:fs';
import type { Product } from '@tapeclock/cli';
import type { FacilityFaults, JournalEntry } from '@tapeclock/finra-simulator';

/** The simulated facility, as its own staff have it: its switches, and its journal to look things up in. */
export interface FacilityDesk {
  set(faults: Partial<FacilityFaults>): Promise<void>;
  /** Cuts every connection once. */
  cut(): Promise<void>;
  /** Everything it wrote down up to now, in its order. */
  journal(): readonly JournalEntry[];
}

export function facilityDesk(product: Product): FacilityDesk {
  const base = `http://127.0.0.1:${product.ports.control}`;
  const post = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (response.status !== 200)
      throw new Error(`the simulated facility refused ${path}: ${await response.text()}`);
  };
  return {
    set: (faults) => post('/faults', faults),
    cut: () => post('/cut', {}),
    journal: () =>
      readFileSync(product.facilityJournal, 'utf8')
        .split('\n')
        .flatMap((line) => {
          try {
            return line === '' ? [] : [JSON.parse(line) as JournalEntry];
          } catch {
            // The last line is being written.
            return [];
          }
        }),
  };
}
