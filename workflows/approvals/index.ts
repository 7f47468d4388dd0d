// Register: the workflows of approvals.
export { approval } from './approval.workflow.ts';
