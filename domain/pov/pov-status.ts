import { z } from 'zod';

export const povStatuses = ['PROJECTED', 'IN_PROGRESS', 'STALLED', 'VALIDATION', 'WON', 'LOST'] as const;
/** POV-002. */
export const PovStatus = z.enum(povStatuses).meta({ id: 'PovStatus' });
export type PovStatus = z.output<typeof PovStatus>;

export const povStatusLabel: Record<PovStatus, string> = {
  PROJECTED: 'Projected',
  IN_PROGRESS: 'In progress',
  STALLED: 'Stalled',
  VALIDATION: 'Validation',
  WON: 'Won',
  LOST: 'Lost',
};

/** WON and LOST are terminal (POV-040). */
export const isClosed = (status: PovStatus): boolean => status === 'WON' || status === 'LOST';

/** Why no deleted part may be put back into a POV (PLT-005): what was won or lost stays as it ended. */
export const whyNotRestorePart = ({ title, status }: { title: string; status: PovStatus }): string | undefined =>
  isClosed(status) ? `${title} is ${povStatusLabel[status].toLowerCase()}: it stays as it ended` : undefined;
