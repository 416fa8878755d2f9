/**
 * Names of the files that go to CAT and come back (spec 6.1.1 and 7): data
 * `<submitter>_<IMID>_<YYYYMMDD>_[<group>_]OrderEvents_<NNNNNN>[.DEL].json.bz2`, feedback the same base with its stage.
 * The base name is unique for ever, also after a deletion (error 1103).
 */
export interface CatFileId {
  /** CRD number of the submitter. */
  readonly submitterId: string;
  readonly reporterImid: string;
  /** Date of generation, `YYYYMMDD`; never in the future. */
  readonly date: string;
  /** Up to 20 letters and digits; null for none. */
  readonly group: string | null;
  /** 1 … 999999. */
  readonly number: number;
}

export type FeedbackStage = 'ACKNOWLEDGEMENT' | 'INTEGRITY' | 'INGESTION' | 'LINKAGE';

export interface FeedbackName {
  readonly stage: FeedbackStage;
  /**
   * `META`: one record about the file. `ERRORS`: rejected records, compressed. `EMPTY`: the name says all (malformed
   * name at acknowledgement, success at linkage).
   */
  readonly kind: 'META' | 'ERRORS' | 'EMPTY';
  /** Base name of the data file; null for linkage, which covers all files of a day. */
  readonly base: string | null;
  readonly reporterImid: string;
  readonly date: string;
  readonly group: string | null;
  readonly isDelete: boolean;
}

/** Base name without extensions. Throws a `RangeError` on parts that CAT would not take. */
export function catBaseName(id: CatFileId): string {
  const fits =
    /^\d{1,20}$/.test(id.submitterId) &&
    /^[A-Za-z0-9]{1,7}$/.test(id.reporterImid) &&
    /^\d{8}$/.test(id.date) &&
    (id.group === null || /^[A-Za-z0-9]{1,20}$/.test(id.group)) &&
    Number.isInteger(id.number) &&
    id.number >= 1 &&
    id.number <= 999_999;
  if (!fits) throw new RangeError(`not a CAT file id: ${JSON.stringify(id)}`);
  const group = id.group === null ? '' : `${id.group}_`;
  return `${id.submitterId}_${id.reporterImid}_${id.date}_${group}OrderEvents_${String(id.number).padStart(6, '0')}`;
}

export function catDataFileName(id: CatFileId): string {
  return `${catBaseName(id)}.json.bz2`;
}

/** An empty file under this name deletes the whole data file (until T+4 8:00, if every record in it was NEW). */
export function catDeleteFileName(id: CatFileId): string {
  return `${catBaseName(id)}.DEL.json.bz2`;
}

export function catMetadataFileName(base: string): string {
  return `${base}.meta.json`;
}

/** `93007_ETOR_20260427_Group1_OrderEvents_000001`; null where the text is no base name. */
export function parseCatBaseName(base: string): CatFileId | null {
  const match = /^(\d{1,20})_([A-Za-z0-9]{1,7})_(\d{8})_(?:([A-Za-z0-9]{1,20})_)?OrderEvents_(\d{6})$/.exec(
    base,
  );
  if (match === null) return null;
  const [, submitterId = '', reporterImid = '', date = '', group, number = ''] = match;
  return { submitterId, reporterImid, date, group: group ?? null, number: Number(number) };
}

const FILE_STAGES = { ack: 'ACKNOWLEDGEMENT', integrity: 'INTEGRITY', ingestion: 'INGESTION' } as const;
const FILE_FEEDBACK =
  /^(.+?)(\.DEL)?\.(?:(ack|integrity|ingestion)\.json|(ingestion)\.error(?:_\d{6})?\.json\.bz2|json\.bz2\.(ack)\.error|(ack)\.error)$/;
const LINKAGE_FEEDBACK =
  /^\d{1,20}_([A-Za-z0-9]{1,7})_(\d{8})_OrderEvents\.linkage(?:_\d{6})?(?:(\.success)|(\.error(?:_\d{6})?\.json\.bz2)|\.json)$/;

/** What a file in the feedback folder is; null for anything else, which is left alone. */
export function parseFeedbackName(name: string): FeedbackName | null {
  const linkage = LINKAGE_FEEDBACK.exec(name);
  if (linkage !== null) {
    const [, reporterImid = '', date = '', success, errors] = linkage;
    const kind = success !== undefined ? 'EMPTY' : errors !== undefined ? 'ERRORS' : 'META';
    return { stage: 'LINKAGE', kind, base: null, reporterImid, date, group: null, isDelete: false };
  }
  const match = FILE_FEEDBACK.exec(name);
  const id = match === null ? null : parseCatBaseName(match[1] ?? '');
  if (match === null || id === null) return null;
  const [, base = '', del, meta, errors] = match;
  return {
    stage:
      meta !== undefined
        ? FILE_STAGES[meta as keyof typeof FILE_STAGES]
        : errors !== undefined
          ? 'INGESTION'
          : 'ACKNOWLEDGEMENT',
    kind: meta !== undefined ? 'META' : errors !== undefined ? 'ERRORS' : 'EMPTY',
    base,
    reporterImid: id.reporterImid,
    date: id.date,
    group: id.group,
    isDelete: del !== undefined,
  };
}
