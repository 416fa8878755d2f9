import {
  type FacilityFaults,
  NO_FAULTS,
  type RunningFacility,
  startFacility,
} from '@tapeclock/finra-simulator';
import type { ServiceEnvironment } from '@tapeclock/service';

/** The simulated facility and the switches that outlive its crashes. */
export class FacilityHouse {
  readonly #usual: FacilityFaults;
  readonly #windows = new Set<Partial<FacilityFaults>>();
  #running: RunningFacility | null = null;

  constructor(duplicateDetection: boolean) {
    this.#usual = { ...NO_FAULTS, duplicateDetection };
  }

  async start(environment: ServiceEnvironment): Promise<void> {
    this.#running = null;
    this.#running = await startFacility(environment, { faults: this.#present() });
    this.#apply();
  }

  /** Switches something on until the returned function is called. Of two for one switch the later one counts. */
  during(change: Partial<FacilityFaults>): () => void {
    this.#windows.add(change);
    this.#apply();
    return () => {
      this.#windows.delete(change);
      this.#apply();
    };
  }

  cutAll(): void {
    this.#running?.cutAll();
  }

  #present(): FacilityFaults {
    return Object.assign({ ...this.#usual }, ...this.#windows);
  }

  #apply(): void {
    if (this.#running !== null) Object.assign(this.#running.faults, this.#present());
  }
}
