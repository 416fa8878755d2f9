export { ExecutionIndex, type IndexEntry, indexKey } from './execution-index.ts';
export { type FollowedIndex, followIndex, INDEX_REACH } from './follow-index.ts';
export { createIntake, type Intake } from './intake.ts';
export { type IntakeRequest, type IntakeResult, NO_FIELDS } from './intake-request.ts';
