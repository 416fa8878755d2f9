import type { Drill } from './drill.ts';
import { withScene } from './scene/scene.ts';
import type { Check } from './timeline.ts';

/** Plays a drill on a product of its own and returns what it looked at. `given` are options by name. */
export function runDrill(
  drill: Drill,
  given: Readonly<Record<string, number>>,
  print: (line: string) => void,
): Promise<readonly Check[]> {
  const options = Object.fromEntries(
    Object.entries(drill.options).map(([name, { fallback }]) => [name, given[name] ?? fallback]),
  );
  return withScene(print, (scene) => drill.run(scene, options));
}
