export { type Counts, onTimeE6 } from './counts.ts';
export { type Projection, project } from './projection.ts';
export { type CardLine, type DayRestated, type Outcome, ReportCard } from './report-card.ts';
