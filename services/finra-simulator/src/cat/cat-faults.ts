/** What a tester can make the CAT side do, switchable at run time. */
export interface CatFaults {
  /** Between the stages of feedback. */
  stageDelayMs: number;
  /** Share of first reports refused at ingestion with `rejectCode`; by the record's id, so that a rerun gives the same. */
  rejectPercent: number;
  rejectCode: number;
  /** Share of taken records that do not link, with `linkageCode`. */
  unlinkedPercent: number;
  linkageCode: number;
  /** Refuses every file at integrity with this code; 0 for none. */
  integrityCode: number;
  /** Takes files and says nothing. */
  silent: boolean;
  /** Refuses connections and cuts those who are on. */
  down: boolean;
}

export const NO_CAT_FAULTS: CatFaults = {
  stageDelayMs: 1_000,
  rejectPercent: 0,
  rejectCode: 2098,
  unlinkedPercent: 0,
  linkageCode: 4003,
  integrityCode: 0,
  silent: false,
  down: false,
};
