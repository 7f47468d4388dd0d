import type { FieldWords } from '../../crm/field-catalog.ts';
import { povStatuses } from '../pov-status.ts';

/** What each field of a list of POVs is called, and how it is typed. */
export const povWords = {
  title: { label: 'POV', kind: 'text' },
  status: { label: 'Status', kind: 'choice', options: povStatuses },
  statusSince: { label: 'In this status since', kind: 'instant' },
  customerName: { label: 'Customer', kind: 'text' },
  opportunityName: { label: 'Opportunity', kind: 'text' },
  ownerName: { label: 'Owner', kind: 'text' },
  startDate: { label: 'Start', kind: 'day' },
  endDate: { label: 'End', kind: 'day' },
  revenue: { label: 'Revenue', kind: 'text' },
  estimatedBudget: { label: 'Estimated budget', kind: 'text' },
  competitors: { label: 'Competitors', kind: 'words' },
  tags: { label: 'Tags', kind: 'words' },
  phasesDone: { label: 'Phases done', kind: 'number' },
  phasesTotal: { label: 'Phases', kind: 'number' },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
} as const satisfies Record<string, FieldWords>;
