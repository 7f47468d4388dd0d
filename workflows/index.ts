// Register: the entry of the workflow bundle. Temporal takes each export for a workflow type.
export * from './approvals/index.ts';
export * from './crm/index.ts';
export * from './platform/index.ts';
export * from './pov/index.ts';
