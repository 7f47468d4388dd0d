import { AuditEntry, AuditQuery } from './audit.ts';
import { endpoint } from './contract.ts';
import { listOf } from './list.ts';

export const auditEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/admin/audit-logs',
    needs: 'audit-log:read',
    query: AuditQuery,
    returns: listOf(AuditEntry),
    summary: 'Who changed what and when, newest first; ?recordId=… for the history of one record',
  }),
};
