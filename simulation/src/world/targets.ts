import type { Targets } from '../faults/plan.ts';
import type { World } from './world.ts';

/** What a fault can strike in this world's layout. */
export function targetsOf(world: World, splitBrain: boolean): Targets {
  const { processes: hosted } = world.options.layout;
  const hosting = (part: string) =>
    Object.entries(hosted).flatMap(([name, parts]) =>
      (parts as readonly string[]).includes(part) ? [name] : [],
    );
  const systems = world.systems.map(({ session }) => session.senderCompId.toLowerCase());
  const onTheLog = Object.keys(hosted).filter((name) => name !== 'facility');
  const hasStandby = (name: string) => (hosted[name] ?? []).some((part) => hosting(part).length > 1);
  const links: (readonly [string, string])[] = [];
  for (const gateway of hosting('gateway')) for (const system of systems) links.push([system, gateway]);
  for (const reporter of hosting('reporter')) {
    // As often as all the others together: this is where doubt comes from.
    for (let i = 0; i < systems.length; i += 1) links.push([reporter, 'facility']);
  }
  return {
    processes: [...world.processes.keys()],
    onTheLog,
    isolable: onTheLog.filter((name) => splitBrain || !hasStandby(name)),
    links,
  };
}
