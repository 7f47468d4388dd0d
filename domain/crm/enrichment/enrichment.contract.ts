import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { endpoint, event, Nothing } from '../../platform/contract.ts';
import { line } from '../../platform/field.ts';
import { ById, Id } from '../../platform/id.ts';
import { processContract } from '../../platform/process.ts';
import { Version } from '../../platform/version.ts';
import { enrichedFields } from './enrichment.ts';

export const enrichmentStatuses = ['running', 'found', 'nothing', 'failed'] as const;
export type EnrichmentStatus = (typeof enrichmentStatuses)[number];
export const proposalStatuses = ['open', 'accepted', 'dismissed', 'replaced'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

const Field = z.enum(enrichedFields);
const path = z.string().trim().regex(/^[\w$@-]+(\.[\w$@-]+)*$/, 'must be names with points between, as company.name');
const sent = {
  name: line(100).meta({ title: 'Name', example: 'Company register' }),
  url: z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(500, 'must have at most 500 characters')
    .refine(url => url.includes('{domain}'), 'must hold {domain}, where the domain of the account goes')
    // Whose site it is must not decide who gets the key.
    .refine(url => !URL.canParse(url) || !/[{}]/.test(new URL(url).host), 'must name its host')
    .refine(url => !URL.canParse(url) || !new URL(url).username, 'must hold no password')
    .meta({ title: 'Address', example: 'https://api.example.com/companies?domain={domain}' }),
  fields: z.partialRecord(Field, path.max(200, 'must have at most 200 characters')).default({}).meta({
    title: 'Fields', description: 'Where in the answer a field stands, unless by its own name',
    example: { industry: 'company.industry' },
  }),
  active: z.boolean().default(true).meta({ title: 'Active' }),
};
/** The service that knows companies (CRM-010): asked by GET, with the key as bearer token. */
export const KeepEnrichmentSource = z
  .object({
    ...sent,
    apiKey: z.string().trim().min(1, 'must not be blank').max(500, 'must have at most 500 characters')
      .regex(/^[\x21-\x7e]+$/, 'must be letters, digits and signs without blanks').optional()
      .meta({ title: 'Key', example: 'sk_live_1', description: 'Kept as it is unless sent; needed for another host' }),
  })
  .meta({ id: 'KeepEnrichmentSource' });
export const EnrichmentSource = z
  .object({
    name: z.string(), url: z.string(), fields: z.partialRecord(Field, z.string()), active: z.boolean(),
    updatedAt: Instant,
  })
  .meta({ id: 'EnrichmentSource' });
export type EnrichmentSource = z.output<typeof EnrichmentSource>;

export const EnrichmentProposal = z
  .object({
    id: Id, field: Field, present: z.string().nullable().meta({ description: 'What the account holds now' }),
    found: z.string(),
    whyNot: z.string().nullable().meta({ description: 'Why the account cannot hold it; null where it can' }),
    source: z.string().meta({ example: 'Company register' }), foundAt: Instant,
  })
  .meta({ id: 'EnrichmentProposal' });
export type EnrichmentProposal = z.output<typeof EnrichmentProposal>;

export const Enrichment = z
  .object({
    version: z.int().meta({ description: 'Of the account' }),
    whyNot: z.string().nullable().meta({ description: 'Why nothing can be looked up; null where it can' }),
    last: z
      .object({
        id: Id, status: z.enum(enrichmentStatuses), domain: z.string(), source: z.string(),
        problem: z.string().nullable(), createdAt: Instant, finishedAt: Instant.nullable(),
      })
      .nullable(),
    proposals: z.array(EnrichmentProposal).meta({ description: 'Those that are open' }),
  })
  .meta({ id: 'Enrichment' });
export type Enrichment = z.output<typeof Enrichment>;

const Chosen = z.object({
  fields: z.array(Field).min(1, 'must name at least one field').max(enrichedFields.length).optional()
    .meta({ description: 'All that can be, unless said' }),
});

/** Looks one account up. It follows the machine's time: the world outside knows no sandbox clock. */
export const enrichment = processContract({
  type: 'enrichment',
  entityType: 'enrichment',
  summary: 'Asks a service what it knows of a company, again with growing pauses for an hour',
  id: enrichmentId => `enrichment-${enrichmentId}`,
  reads: 'process:steer',
  start: { needs: 'account:update', body: z.object({ accountId: Id }) },
  signals: {},
});

const at = '/api/accounts/:id', sourceAt = '/api/admin/enrichment-source';
export const enrichmentEndpoints = {
  ask: endpoint({
    method: 'POST', path: `${at}/enrich`, needs: 'account:update', params: ById, returns: ById, status: 202,
    summary: 'Ask the service what it knows of the account; one that runs already is answered instead',
  }),
  read: endpoint({
    method: 'GET', path: `${at}/enrichment`, needs: 'account:read', params: ById, returns: Enrichment,
    summary: 'What was found of the account and is still to be accepted or dismissed',
  }),
  accept: endpoint({
    method: 'POST', path: `${at}/enrichment/accept`, needs: 'account:update', params: ById, returns: Enrichment,
    body: Chosen.extend({ version: Version }).meta({ id: 'AcceptProposals' }),
    summary: 'Write found values into the account',
  }),
  dismiss: endpoint({
    method: 'POST', path: `${at}/enrichment/dismiss`, needs: 'account:update', params: ById, returns: Enrichment,
    body: Chosen.meta({ id: 'DismissProposals' }), summary: 'Leave the account as it is',
  }),
  source: endpoint({
    method: 'GET', path: sourceAt, needs: 'enrichment-source:read',
    returns: z.object({ source: EnrichmentSource.nullable() }).meta({ id: 'EnrichmentSourceAnswer' }),
    summary: 'The service that is asked about companies, without its key',
  }),
  keepSource: endpoint({
    method: 'PUT', path: sourceAt, needs: 'enrichment-source:update', body: KeepEnrichmentSource,
    returns: EnrichmentSource, summary: 'Say which service is asked about companies',
  }),
  removeSource: endpoint({
    method: 'DELETE', path: sourceAt, needs: 'enrichment-source:update', returns: Nothing, status: 204,
    summary: 'Ask no service any more; its key is forgotten',
  }),
};

const about = z.object({ enrichmentId: Id, accountId: Id, domain: z.string() });
export const enrichmentAsked = event({
  name: 'crm.enrichment.asked',
  payload: about,
  entity: p => p.accountId,
  tells: p => [{ type: enrichment.type, entityId: p.enrichmentId }],
  says: p => `looked up ${p.domain}`,
});
export const enrichmentSettled = event({
  name: 'crm.enrichment.settled',
  payload: about.extend({ status: z.enum(enrichmentStatuses), proposals: z.int() }),
  entity: p => p.accountId,
  says: p =>
    p.status === 'found' ? `found ${p.proposals} ${p.proposals === 1 ? 'value' : 'values'} for ${p.domain}`
      : p.status === 'nothing' ? `found nothing new for ${p.domain}` : `could not look up ${p.domain}`,
});
export const enrichmentDecided = event({
  name: 'crm.enrichment.decided',
  payload: z.object({ accountId: Id, accepted: z.array(z.string()), dismissed: z.array(z.string()) }),
  entity: p => p.accountId,
  says: p =>
    p.accepted.length ? `accepted what was found: ${p.accepted.join(', ')}`
      : `dismissed what was found: ${p.dismissed.join(', ')}`,
});
export const enrichmentEvents = [enrichmentAsked, enrichmentSettled, enrichmentDecided];
