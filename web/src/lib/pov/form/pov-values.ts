import type { z } from 'zod';
import { wordsText } from '#domain/platform/shape/word-list.ts';
import type { CreatePov, PatchPov, Pov } from '#domain/pov/pov.ts';
import { dayOf, daysAfter, endOfDay, startOfDay } from '#lib/platform/days.ts';
import { listFrom, listKeeping, textLines, wordsFrom } from '../text-lines.ts';
import { blockersFrom, blockerValues, type BlockerValues } from './blocker-values.ts';

/** What the form of a POV holds: texts, as people type them. */
export interface PovValues {
  title: string;
  accountId: string;
  opportunityId: string;
  customerName: string;
  customerContact: string;
  startDate: string;
  endDate: string;
  objective: string;
  successCriteria: string;
  technicalRequirements: string;
  teamSize: string;
  estimatedBudget: string;
  revenue: string;
  solution: string;
  competitors: string;
  tags: string;
  partnerName: string;
  partnerContact: string;
  opportunityName: string;
  forecastDate: string;
  budgetDocument: string;
  blockers: BlockerValues[];
  documents: string;
  resources: string;
  featureRequests: string;
  supportTickets: string;
}
/** Fields that show their own errors, by their names in the API. */
export const povFields = [
  'title',
  'accountId',
  'opportunityId',
  'customerName',
  'customerContact',
  'startDate',
  'endDate',
  'objective',
  'metadata.successCriteria',
  'metadata.technicalRequirements',
  'metadata.teamSize',
  'estimatedBudget',
  'revenue',
  'solution',
  'competitors',
  'tags',
  'partnerName',
  'partnerContact',
  'opportunityName',
  'forecastDate',
  'budgetDocument',
  'blockers',
  'documents',
  'resources',
  'featureRequests',
  'supportTickets',
  'templateId',
];

/** A new POV: twelve weeks from next week on, unless said otherwise. */
export function blankPovValues(now: number, zone: string): PovValues {
  const today = dayOf(new Date(now).toISOString(), zone);
  return {
    title: '',
    accountId: '',
    opportunityId: '',
    customerName: '',
    customerContact: '',
    startDate: daysAfter(today, 7),
    endDate: daysAfter(today, 7 + 12 * 7),
    objective: '',
    successCriteria: '',
    technicalRequirements: '',
    teamSize: '',
    estimatedBudget: '',
    revenue: '',
    solution: '',
    competitors: '',
    tags: '',
    partnerName: '',
    partnerContact: '',
    opportunityName: '',
    forecastDate: '',
    budgetDocument: '',
    blockers: [],
    documents: '',
    resources: '',
    featureRequests: '',
    supportTickets: '',
  };
}

/** What the address of a new one says: whom it is for. */
export const begunWith = (params: Pick<URLSearchParams, 'get'>): Partial<PovValues> =>
  Object.fromEntries(
    (['accountId', 'opportunityId', 'customerName'] as const).flatMap(name => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    }),
  );

export const povValues = (pov: Pov, zone: string): PovValues => ({
  title: pov.title,
  accountId: pov.accountId ?? '',
  opportunityId: pov.opportunityId ?? '',
  customerName: pov.customerName ?? '',
  customerContact: pov.customerContact ?? '',
  startDate: dayOf(pov.startDate, zone),
  endDate: dayOf(pov.endDate, zone),
  objective: pov.objective ?? '',
  successCriteria: textLines(pov.metadata?.successCriteria).join('\n'),
  technicalRequirements: textLines(pov.metadata?.technicalRequirements).join('\n'),
  teamSize: pov.metadata?.teamSize == null ? '' : String(pov.metadata.teamSize),
  estimatedBudget: plainDecimal(pov.estimatedBudget),
  revenue: plainDecimal(pov.revenue),
  solution: pov.solution ?? '',
  competitors: wordsText(pov.competitors),
  tags: wordsText(pov.tags),
  partnerName: pov.partnerName ?? '',
  partnerContact: pov.partnerContact ?? '',
  opportunityName: pov.opportunityName ?? '',
  forecastDate: pov.forecastDate ? dayOf(pov.forecastDate, zone) : '',
  budgetDocument: pov.budgetDocument ?? '',
  blockers: blockerValues(pov.blockers),
  documents: textLines(pov.documents).join('\n'),
  resources: textLines(pov.resources).join('\n'),
  featureRequests: textLines(pov.featureRequests).join('\n'),
  supportTickets: textLines(pov.supportTickets).join('\n'),
});

/** `42000.00` is typed as `42000`. */
const plainDecimal = (decimal: string | null): string => decimal?.replace(/\.0+$/, '') ?? '';
/** People write thousands with blanks, commas and apostrophes, and cents with a point. */
export const decimalOf = (text: string): string | null => text.replace(/[\s,'’]/g, '') || null;
const orNull = (text: string): string | null => text.trim() || null;
const sizeOf = (text: string): number | string | null =>
  text.trim() === '' ? null : Number.isFinite(Number(text)) ? Number(text) : text.trim();

type Body = Omit<z.input<typeof CreatePov>, 'templateId'>;

/** The whole body; what is not filled in is left empty. What lists of `pov` know besides their lines is kept. */
export function povBody(values: PovValues, zone: string, pov: Pov | null = null): Body {
  const { startDate, endDate, forecastDate } = values;
  return {
    title: values.title,
    accountId: orNull(values.accountId),
    opportunityId: orNull(values.opportunityId),
    customerName: orNull(values.customerName),
    customerContact: orNull(values.customerContact),
    startDate: startDate && startOfDay(startDate, zone),
    endDate: endDate && endOfDay(endDate, zone),
    objective: orNull(values.objective),
    estimatedBudget: decimalOf(values.estimatedBudget),
    revenue: decimalOf(values.revenue),
    solution: orNull(values.solution),
    competitors: wordsFrom(values.competitors),
    tags: wordsFrom(values.tags),
    partnerName: orNull(values.partnerName),
    partnerContact: orNull(values.partnerContact),
    opportunityName: orNull(values.opportunityName),
    forecastDate: forecastDate ? startOfDay(forecastDate, zone) : null,
    budgetDocument: orNull(values.budgetDocument),
    blockers: blockersFrom(values.blockers),
    documents: listKeeping(values.documents, pov?.documents),
    resources: listKeeping(values.resources, pov?.resources),
    featureRequests: listKeeping(values.featureRequests, pov?.featureRequests),
    supportTickets: listKeeping(values.supportTickets, pov?.supportTickets),
    metadata: {
      ...pov?.metadata,
      customer: orNull(values.customerName),
      teamSize: sizeOf(values.teamSize),
      successCriteria: listFrom(values.successCriteria),
      technicalRequirements: listFrom(values.technicalRequirements),
    },
  };
}

const inMetadata: readonly (keyof PovValues)[] = [
  'customerName',
  'teamSize',
  'successCriteria',
  'technicalRequirements',
];

/** Only what was changed, so that what others changed meanwhile stays. */
export function povPatch(
  values: PovValues,
  changed: readonly (keyof PovValues)[],
  zone: string,
  pov: Pov,
): z.input<typeof PatchPov> {
  const body = povBody(values, zone, pov);
  const keys = new Set<string>(changed);
  if (changed.some(key => inMetadata.includes(key))) keys.add('metadata');
  return Object.fromEntries(Object.entries(body).filter(([key]) => keys.has(key)));
}
