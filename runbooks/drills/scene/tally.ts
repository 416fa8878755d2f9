/** How often each value occurs, in words and in the order in which they came: `3 HELD, 2 SENT`. */
export function tally(values: Iterable<string>): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, n]) => `${n} ${value}`).join(', ') || 'none';
}
