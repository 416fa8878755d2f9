import type { SeriesPoint } from '../contract.ts';

/** Puts newer points over older ones of the same second and keeps the latest `pointsMax`. */
export function mergeSeries(
  points: readonly SeriesPoint[],
  newer: readonly SeriesPoint[],
  pointsMax: number,
): readonly SeriesPoint[] {
  const first = newer[0];
  if (first === undefined) return points;
  const before = points.filter((point) => point.atMs < first.atMs);
  return [...before, ...newer].slice(-pointsMax);
}
