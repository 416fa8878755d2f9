import type { Ns } from '@tapeclock/domain';
import type { WindowOutput } from './windows.ts';

/** What stands in the end: the latest result of each window that has not been taken back, in order of key and time. */
export function consolidated<Value>(
  outputs: Iterable<WindowOutput<Value>>,
): readonly { readonly key: string; readonly fromNs: Ns; readonly toNs: Ns; readonly value: Value }[] {
  const standing = new Map<string, WindowOutput<Value>>();
  for (const output of outputs) {
    const place = `${output.key}/${output.fromNs}/${output.toNs}`;
    if (output.kind === 'result') standing.set(place, output);
    else standing.delete(place);
  }
  return [...standing.values()]
    .sort((a, b) => order(a.key, b.key) || order(a.toNs, b.toNs) || order(a.fromNs, b.fromNs))
    .map(({ key, fromNs, toNs, value }) => ({ key, fromNs, toNs, value }));
}

function order<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
