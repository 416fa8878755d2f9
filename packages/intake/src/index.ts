export { ExecutionIndex, type IndexEntry, indexKey } from './execution-index.ts';
export { followIndex } from './follow-index.ts';
export { createIntake, type Intake } from './intake.ts';
export { type IntakeRequest, type IntakeResult, NO_FIELDS } from './intake-request.ts';
