import type { StageStamps } from './events.generated.ts';

/** Of an event that has been at no stage of its own, as one about a file, a session or a person's act. */
export const NO_STAMPS: StageStamps = {
  executedNs: null,
  receivedNs: null,
  loggedNs: null,
  enrichedNs: null,
  intendedNs: null,
  sentNs: null,
  answeredNs: null,
  facilityNs: null,
  clockOffsetNs: null,
};
