import type { Ns } from '@tapeclock/domain';

/** What a writer hands over. `key` chooses the partition; records of one key keep their order for ever. */
export interface AppendRecord {
  readonly topic: string;
  readonly key: string;
  /** Confluent wire format: magic byte 0, schema id, Avro body. */
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Place of one record, or the next one to read. Offsets start at 0 and grow; they need not be contiguous. */
export interface LogPosition extends TopicPartition {
  readonly offset: bigint;
}

export interface LogRecord extends LogPosition {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** When the log took it, by the log's clock. */
  readonly appendedNs: Ns;
}

export interface ReadLimit {
  readonly recordsMax: number;
  /** A single record larger than this is still returned, alone, so that no reader gets stuck. */
  readonly bytesMax: number;
}

export interface TopicDeclaration {
  readonly name: string;
  readonly partitions: number;
}

/**
 * The log: the product's only truth. An implementer must guarantee:
 * - `append` resolves only when every record given is durable (survives SIGKILL and power loss); a rejected
 *   append may have left some of them, so writers must be able to repeat themselves under the same ids.
 * - Calls of `append` from one process keep their order inside each partition, also when not awaited.
 * - `read` returns records in offset order and never one that is not yet durable.
 * - A full or failing disk rejects with a retryable `LogError`; nothing acknowledged is ever lost.
 */
export interface EventLog {
  append(records: readonly AppendRecord[]): Promise<readonly LogPosition[]>;
  /** What is there from `fromOffset` on, up to the limit; empty at the end. Never waits. */
  read(topic: string, partition: number, fromOffset: bigint, limit: ReadLimit): Promise<readonly LogRecord[]>;
  /** Offset that the next record will get at the earliest. */
  endOffset(topic: string, partition: number): Promise<bigint>;
  /** Offset of the first record appended at or after `atNs`; the end offset where there is none. */
  offsetAt(topic: string, partition: number, atNs: Ns): Promise<bigint>;
  /**
   * How far a group has come, for somebody who is not a member: the next offset that it will read, or `null` where it
   * never committed. May be behind by the commits under way; never ahead.
   */
  committed(group: string, topic: string, partition: number): Promise<bigint | null>;
  partitionCount(topic: string): number;
  partitionOf(topic: string, key: string): number;
  /** Calls `wake` soon after records were appended to the topic, by whichever process. May call once too often. */
  onAppended(topic: string, wake: () => void): () => void;
  join(options: JoinOptions): Promise<Membership>;
  close(): Promise<void>;
}

export interface JoinOptions {
  readonly group: string;
  /** Unique among the living members, e.g. host, process id and start instant. */
  readonly memberId: string;
  readonly topics: readonly string[];
  /**
   * Called whenever the set of this member's partitions changes. Revoked ones are named first: the member must
   * stop working on them before the promise it returns resolves. Partitions of one number go together over all topics
   * of the group, so that streams keyed alike can be joined. Never called before `join` has resolved, nor while an
   * earlier call is pending; called again a little later when it rejects.
   */
  onAssignment(change: {
    readonly revoked: readonly TopicPartition[];
    readonly assigned: readonly TopicPartition[];
  }): Promise<void>;
}

export interface Membership {
  readonly memberId: string;
  assignment(): readonly TopicPartition[];
  /** Next offset to read for the group, or `null` where the group never committed. */
  committed(topic: string, partition: number): Promise<bigint | null>;
  /** Records how far the group has come. Rejects with `FENCED` when the partition has moved to another member. */
  commit(positions: readonly LogPosition[]): Promise<void>;
  /** Hands the partitions back at once instead of letting the session expire. */
  leave(): Promise<void>;
}
