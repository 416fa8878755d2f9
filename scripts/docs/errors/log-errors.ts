import type { LogErrorCode } from '@tapeclock/event-log';
import type { DecodeErrorCode } from '@tapeclock/schemas';
import { type Rows, retryable, terminal } from './row.ts';

export const LOG_ERRORS: Rows<LogErrorCode> = {
  DISK_FULL: retryable(
    'The volume of the data directory is full. Appends are refused, which holds gateways and services back; nothing acknowledged is lost.',
    'Make room on that volume. Appends succeed again by themselves.',
  ),
  DISK_FAILED: retryable(
    'The disk refused a read or write. Appends are tried again.',
    'Check the volume: kernel log, SMART, mount options, permissions.',
  ),
  OVERLOADED: retryable(
    'More bytes wait for the disk than may wait.',
    'Nothing, if it is short: senders are held back. If it lasts, the disk is too slow for the load.',
  ),
  FENCED: retryable(
    'The partition has moved to another member, which goes on from the last commit.',
    'Nothing. If members fence one another again and again, look for a process that stalls.',
  ),
  CLOSED: terminal('The log was used after it was closed: the process is stopping.', 'Nothing.'),
  TORN_FILE: terminal(
    'A file of the log is damaged. It is refused rather than read past.',
    'Stop every process, keep a copy of the file, its `-wal` and its `.bell`, and restore them from a backup.',
  ),
  UNKNOWN_TOPIC: terminal(
    'A topic was asked for that `schemas/topics.json` does not declare.',
    'Report it: versions of the processes do not match.',
  ),
  RECORD_TOO_LARGE: terminal(
    'One record is larger than the log takes (8 MiB).',
    'Report it, with the source of the record.',
  ),
  PARTITION_COUNT_CHANGED: terminal(
    'The data directory was made with another number of partitions.',
    'Run the version that made it, or begin a new data directory. Keys would change their partition.',
  ),
};

export const DECODE_ERRORS: Rows<DecodeErrorCode> = {
  NOT_WIRE_FORMAT: terminal(
    'The record does not begin with the wire format’s header.',
    'Find out who wrote it; its bytes are in the dead letter.',
  ),
  SCHEMA_UNKNOWN: terminal(
    'No schema of that id is known, also not to the registry: it was written by a newer version.',
    'Update the service that could not read it, then have the source send again what was set aside.',
  ),
  BODY_UNREADABLE: terminal(
    'The body does not fit its schema, or is cut short.',
    'Find out who wrote it; its bytes are in the dead letter.',
  ),
};

/** Beside the decode errors. */
export const DEAD_LETTERS: Rows<'STEP_FAILED'> = {
  STEP_FAILED: terminal(
    'A fault of ours while a service worked on the record. The stream behind it went on.',
    'Tell engineering, with the dead letter. Report the trade by another way if its deadline is near.',
  ),
};
