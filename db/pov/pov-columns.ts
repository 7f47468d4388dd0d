import type { PatchPov } from '../../domain/pov/pov.ts';

type Fields = Omit<PatchPov, 'status' | 'ownerId' | 'version'>;
const instants = ['startDate', 'endDate', 'forecastDate'] as const;
type Columns = Omit<Fields, 'dealId' | (typeof instants)[number]> & {
  startDate?: Date;
  endDate?: Date;
  forecastDate?: Date | null;
};

/** What a request says, as the entity keeps it: instants as dates, `dealId` under its new name. */
export function povColumns({ dealId, ...fields }: Fields): Columns {
  const columns: Record<string, unknown> = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
  if (dealId !== undefined) columns['opportunityId'] ??= dealId;
  for (const name of instants) {
    if (typeof columns[name] === 'string') columns[name] = new Date(columns[name]);
  }
  return columns;
}
