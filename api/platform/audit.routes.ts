import { listAudit } from '../../db/platform/audit.query.ts';
import { auditEndpoints } from '../../domain/platform/audit.contract.ts';
import { serve } from './serve.ts';

export const auditRoutes = serve(auditEndpoints, {
  list: ({ report, query }) => listAudit(report, query),
});
