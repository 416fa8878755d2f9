import type { Intake, IntakeRequest, IntakeResult } from '@tapeclock/intake';

/**
 * Gathers what one read of the socket brought into one append. It never waits for more: the batch is what is there when
 * the present turn ends. Batches go to the log in their order and do not wait for each other.
 */
export class IntakeBatcher {
  readonly #intake: Intake;
  #waiting: {
    readonly request: IntakeRequest;
    resolve(result: IntakeResult): void;
    reject(error: unknown): void;
  }[] = [];

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  take(request: IntakeRequest): Promise<IntakeResult> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) queueMicrotask(() => this.#flush());
      this.#waiting.push({ request, resolve, reject });
    });
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#intake.take(batch.map(({ request }) => request)).then(
      (results) => {
        results.forEach((result, index) => {
          batch[index]?.resolve(result);
        });
      },
      (error) => {
        for (const { reject } of batch) reject(error);
      },
    );
  }
}
