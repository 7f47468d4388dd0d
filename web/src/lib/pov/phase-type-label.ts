import { phaseTypes, type PhaseType } from '#domain/pov/phase.ts';

export const phaseTypeLabel: Record<PhaseType, string> = {
  PLANNING: 'Planning',
  EXECUTION: 'Execution',
  REVIEW: 'Review',
};
export const phaseTypeOptions = phaseTypes.map(value => ({ value, label: phaseTypeLabel[value] }));
