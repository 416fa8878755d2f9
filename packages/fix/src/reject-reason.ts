/** SessionRejectReason (373) with the text that engines agree on. */
export const SessionRejectReason = {
  invalidTagNumber: { value: 0, text: 'Invalid tag number' },
  requiredTagMissing: { value: 1, text: 'Required tag missing' },
  tagNotDefined: { value: 2, text: 'Tag not defined for this message type' },
  tagWithoutValue: { value: 4, text: 'Tag specified without a value' },
  valueOutOfRange: { value: 5, text: 'Value is incorrect (out of range) for this tag' },
  incorrectFormat: { value: 6, text: 'Incorrect data format for value' },
  compIdProblem: { value: 9, text: 'CompID problem' },
  sendingTimeAccuracy: { value: 10, text: 'SendingTime accuracy problem' },
  invalidMsgType: { value: 11, text: 'Invalid MsgType' },
  tagRepeated: { value: 13, text: 'Tag appears more than once' },
  tagOutOfOrder: { value: 14, text: 'Tag specified out of required order' },
  groupOutOfOrder: { value: 15, text: 'Repeating group fields out of order' },
  groupCount: { value: 16, text: 'Incorrect NumInGroup count for repeating group' },
} as const;
export type RejectReason = (typeof SessionRejectReason)[keyof typeof SessionRejectReason];

/** What is wrong with one field of a message. */
export interface Complaint {
  readonly reason: RejectReason;
  /** RefTagID (371); null where no single tag is to blame. */
  readonly refTag: number | null;
}
