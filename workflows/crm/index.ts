// Register: the workflows of the area.
export { duplicateScan } from './duplicate-scan.workflow.ts';
export { enrichment } from './enrichment.workflow.ts';
export { leadScoring, nightlyScoring } from './lead-scoring.workflow.ts';
export { taskReminder } from './task-reminder.workflow.ts';
