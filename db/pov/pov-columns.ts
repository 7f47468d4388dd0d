import { Id } from '../../domain/platform/id.ts';
import type { PatchPov } from '../../domain/pov/pov.ts';

type Fields = Omit<PatchPov, 'status' | 'ownerId' | 'version'>;
const instants = ['startDate', 'endDate', 'forecastDate'] as const;
type Columns = Omit<Fields, 'dealId' | (typeof instants)[number]> & {
  startDate?: Date;
  endDate?: Date;
  forecastDate?: Date | null;
  outsideOpportunityId?: string | null;
};

/** What a request says, as the entity keeps it: instants as dates, the opportunity as ours or an outside one. */
export function povColumns({ dealId, ...fields }: Fields): Columns {
  const columns: Record<string, unknown> = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
  const said = fields.opportunityId ?? dealId;
  if (said !== undefined || fields.opportunityId !== undefined) {
    const ours = Id.safeParse(said).data?.toLowerCase() ?? null;
    Object.assign(columns, { opportunityId: ours, outsideOpportunityId: ours ? null : (said ?? null) });
  }
  for (const name of instants) {
    if (typeof columns[name] === 'string') columns[name] = new Date(columns[name]);
  }
  return columns;
}
