import type { PovListItem } from '#domain/pov/pov.contract.ts';
import type { Column } from '#lib/ui/table/column.ts';

/** The columns of the list of POVs; what is drawn is in pov-list.svelte. */
export const povColumns: Column<PovListItem>[] = [
  { key: 'title', label: 'POV', strong: true, sort: true, width: 'min(300px, 58vw)' },
  { key: 'customerName', label: 'Customer', sort: true, from: 'lg', width: '190px' },
  { key: 'status', label: 'Status', sort: true },
  { key: 'ownerName', label: 'Owner', sort: true, from: 'lg', width: '170px' },
  { key: 'team', label: 'Team', number: true, from: 'xl', text: pov => pov.members.length },
  { key: 'startDate', label: 'Dates', sort: true, from: 'lg' },
  { key: 'progress', label: 'Phases', from: 'xl' },
  { key: 'waiting', label: 'Waiting for', from: 'sm', width: '100%' },
];
