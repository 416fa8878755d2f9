import type { CatCalendar } from '@tapeclock/domain/cat';

/** How the SFTP side of CAT is reached. Secrets come from the process's own configuration, never from the log. */
export interface CatSftpConfig {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string | null;
  /** PEM; used before the password where both are given. */
  readonly privateKey: string | null;
  /** `SHA256:` and base64 without padding, as `ssh-keygen -lf` prints it. A server with another key is not spoken to. */
  readonly hostKeySha256: string;
  readonly connectTimeoutMs: number;
}

export interface CatReporterConfig {
  /** CRD number of the firm that submits. Digits. */
  readonly submitterId: string;
  /** IMID under which an MPID reports to CAT; an MPID that is not listed reports under itself. */
  readonly imids: Readonly<Record<string, string>>;
  /** First part of the group in file names; the partition number follows. At most 16 letters and digits. */
  readonly group: string;
  /** How often records that wait are put into files. */
  readonly submitEveryMs: number;
  /** Records that still wait this long before their deadline are put into files at once, and alarmed if not sent. */
  readonly deadlineLeadMs: number;
  /** How often the feedback folder is looked into. */
  readonly pollEveryMs: number;
  /** First wait after a failed transfer; doubles up to sixteen times as much. */
  readonly retryMs: number;
  /** A file travels through the log in one record, so it must fit below the log's record limit. */
  readonly recordsPerFileMax: number;
  readonly fileBytesMax: number;
  /** How far back the log is read on start. Longer than the repair window (third trading day) plus weekends. */
  readonly horizonHours: number;
  /** Whether a `.meta.json` goes with each file; 4.2.0 no longer checks one. */
  readonly metadata: boolean;
  readonly uploadFolder: string;
  readonly feedbackFolder: string;
  readonly calendar: CatCalendar;
  /** Not used where a transport is passed in. */
  readonly sftp: CatSftpConfig | null;
}

/** What a laptop uses; a firm sets at least submitter, IMIDs, calendar and SFTP. */
export const CAT_REPORTER_DEFAULTS = {
  imids: {},
  group: 'TC',
  submitEveryMs: 120_000,
  deadlineLeadMs: 3_600_000,
  pollEveryMs: 15_000,
  retryMs: 5_000,
  recordsPerFileMax: 1_000,
  fileBytesMax: 900 * 1024,
  horizonHours: 7 * 24,
  metadata: true,
} as const;
