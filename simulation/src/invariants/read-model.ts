import type { World } from '../world/world.ts';
import type { Violation } from './violation.ts';

/** The model that was kept through the run must equal one that is built anew from the log. */
export async function readModelEqualsReplay(world: World): Promise<readonly Violation[]> {
  const [kept, anew] = await world.readModels();
  if (kept === null) {
    return [
      { invariant: 'READ_MODEL_DIFFERS', subject: 'desk', text: 'the desk does not run', lineageId: null },
    ];
  }
  return Object.keys(anew).flatMap((table): Violation[] => {
    const text = difference(kept[table] ?? [], anew[table] ?? []);
    return text === null ? [] : [{ invariant: 'READ_MODEL_DIFFERS', subject: table, text, lineageId: null }];
  });
}

function difference(kept: readonly string[], anew: readonly string[]): string | null {
  const anewSet = new Set(anew);
  const keptSet = new Set(kept);
  const extra = kept.find((row) => !anewSet.has(row));
  const missing = anew.find((row) => !keptSet.has(row));
  if (extra === undefined && missing === undefined) return null;
  return `kept ${extra ?? 'nothing more'}; built anew ${missing ?? 'nothing more'}`;
}
