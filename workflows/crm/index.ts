// Register: the workflows of the area.
export { taskReminder } from './task-reminder.workflow.ts';
