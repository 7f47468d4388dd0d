/** The areas in import order: a file may import its own area and those to its left. */
export const areas = ['platform', 'approvals', 'crm', 'inventory', 'pov', 'finance', 'reporting', 'migration'] as const;
export type Area = (typeof areas)[number];
