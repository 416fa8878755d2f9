import type { Scene } from './scene/scene.ts';

/** A whole number that the person at the terminal may give. */
export interface DrillOption {
  readonly fallback: number;
  readonly help: string;
}

/** A rehearsal of one page: it makes the trouble, does what the page says, and looks whether it is over. */
export interface Drill<Name extends string = string> {
  /** Of the page too: `runbooks/<name>.md`. */
  readonly name: string;
  readonly about: string;
  readonly options: Readonly<Record<Name, DrillOption>>;
  run(scene: Scene, options: Readonly<Record<Name, number>>): Promise<void>;
}
