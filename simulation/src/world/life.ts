/**
 * One life of a simulated process, from start to crash. Everything that crosses the border between the process and
 * its world (a call of a port, its answer, a timer, bytes) is counted here, so that a crash can be put between any two
 * awaits. A dead process changes nothing and hears nothing: its timers do not run, its promises stay pending for ever.
 */
export class Life {
  alive = true;
  /** Crossings so far. */
  crossings = 0;
  readonly #onCrash: () => void;
  #crashAt: number | null = null;

  /** `onCrash` takes the process out of its world; called once, from within the crossing that kills it. */
  constructor(onCrash: () => void) {
    this.#onCrash = onCrash;
  }

  /** Lets the process die at its `crossings`-th crossing from now. */
  crashAfter(crossings: number): void {
    this.#crashAt = this.crossings + crossings;
  }

  /** Kills it now. */
  end(): void {
    if (!this.alive) return;
    this.alive = false;
    this.#onCrash();
  }

  /** It never began to work: it ends, and nobody has to hear of it. */
  discard(): void {
    this.alive = false;
  }

  /** One crossing; false when the process is dead, perhaps since this very moment. */
  cross(): boolean {
    if (!this.alive) return false;
    this.crossings += 1;
    if (this.#crashAt !== null && this.crossings >= this.#crashAt) this.end();
    return this.alive;
  }

  /** An await at the border: the process may die before the effect, or after it and before it hears the answer. */
  ask<T>(effect: () => Promise<T>): Promise<T> {
    if (!this.cross()) return new Promise(() => {});
    return new Promise((resolve, reject) => {
      effect().then(
        (value) => {
          if (this.cross()) resolve(value);
        },
        (error: unknown) => {
          if (this.cross()) reject(error);
        },
      );
    });
  }
}
