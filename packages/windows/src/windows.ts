import type { Ns } from '@tapeclock/domain';

/**
 * What becomes of an event that comes after its window was closed.
 * - `drop`: it is counted and otherwise forgotten.
 * - `reprocess`: the window's result is given again; the later one replaces the earlier.
 * - `restate`: the result given is taken back by a retraction of its own, then the new one is given.
 */
export type LatePolicy = 'drop' | 'reprocess' | 'restate';

export interface WindowSettings {
  readonly late: LatePolicy;
  /** How far behind the latest event of its own source an event may come and still be in order. */
  readonly latenessNs: Ns;
  /** A source that has said nothing for this long, by the clock of arrival, holds nobody up. */
  readonly idleNs: Ns;
  /** How long a closed window is kept for what comes late. What is later still is counted as `forgotten`. */
  readonly keepNs: Ns;
  /** Windows held at a time, over all keys. Beyond it the oldest are closed at once and forgotten, and counted. */
  readonly windowsMax: number;
  /** Sources known beforehand: each holds its windows open until it has spoken or is idle. Others count from their first event. */
  readonly sources: readonly string[];
}

/** Where and when something happened. `arrivedNs` is the log's time, so that a replay knows what was idle. */
export interface Occurrence {
  readonly source: string;
  readonly key: string;
  readonly atNs: Ns;
  readonly arrivedNs: Ns;
}

/** How the events of one window add up. Values are never changed in place, for a window may share them with others. */
export interface Aggregate<Event, Value> {
  readonly empty: Value;
  add(value: Value, event: Event): Value;
  /** Of two neighbouring stretches of time, the earlier first. Must not care in which order their events came. */
  merge(earlier: Value, later: Value): Value;
}

/** A window is from `fromNs`, itself included, to `toNs`, itself excluded. */
export interface WindowOutput<Value> {
  readonly kind: 'result' | 'retraction';
  readonly key: string;
  readonly fromNs: Ns;
  readonly toNs: Ns;
  readonly value: Value;
  /** 0 for the first result of a window, one more for each later one. */
  readonly revision: number;
}

export interface LateCounts {
  /** By the policy `drop`. */
  dropped: number;
  /** Later than `keepNs` allows, whatever the policy. */
  forgotten: number;
  /** Windows closed early because too many were open. */
  evicted: number;
}
