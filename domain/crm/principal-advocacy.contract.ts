import { z } from 'zod';
import { endpoint } from '../platform/contract.ts';
import { Id } from '../platform/id.ts';

/** A row of the view `principal_advocacy_dashboard` (CRM-061). */
export const PrincipalAdvocacy = z
  .object({
    id: Id.meta({ description: 'The account of the principal' }),
    accountName: z.string(),
    contactCount: z.int().meta({ description: 'People at the principal' }),
    distributorCount: z.int().meta({ description: 'Distributors with an active relation' }),
    productCount: z.int(),
    openCount: z.int().meta({ description: 'Opportunities in which it is vendor or principal' }),
    wonCount: z.int(),
    amounts: z
      .array(z.object({ currency: z.string(), open: z.int(), won: z.int(), commission: z.int() }))
      .meta({ description: 'In cents, one for each currency; the commission of what is open or won' }),
  })
  .meta({ id: 'PrincipalAdvocacy' });
export type PrincipalAdvocacy = z.output<typeof PrincipalAdvocacy>;

export const principalAdvocacyEndpoints = {
  read: endpoint({
    method: 'GET', path: '/api/reports/principal-advocacy', needs: 'principal-advocacy:read',
    returns: z.object({ principals: z.array(PrincipalAdvocacy) }),
    summary: 'What is done for each principal: contacts, distributors, products, opportunities, revenue',
  }),
};
