export { BucketedWindows } from './bucketed-windows.ts';
export { consolidated } from './consolidated.ts';
export { SessionWindows } from './session-windows.ts';
export { easternDay, easternHours, type Shape, sliding, tumbling } from './shape.ts';
export { Watermarks } from './watermarks.ts';
export type {
  Aggregate,
  LateCounts,
  LatePolicy,
  Occurrence,
  WindowOutput,
  WindowSettings,
} from './windows.ts';
