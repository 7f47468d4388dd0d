import { accountCandidates, contactCandidates, inItsCountry } from '../../../db/crm/duplicate/candidates.query.ts';
import { candidateEndpoints } from '../../../domain/crm/duplicate/duplicate.contract.ts';
import { serve } from '../../platform/serve.ts';

export const candidateRoutes = serve(candidateEndpoints, {
  contacts: async ({ read, actor, body }) => {
    const { rows, of } = contactCandidates(await inItsCountry(body, actor, asked => read.rows(asked)), actor);
    return { items: of(await read.rows(rows)) };
  },
  accounts: async ({ read, actor, body }) => {
    const { rows, of } = accountCandidates(body, actor);
    return { items: of(await read.rows(rows)) };
  },
});
