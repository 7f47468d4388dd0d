import { z } from 'zod';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import { CreatePovKpi, PatchPovKpi, PovKpi } from './pov-kpi.ts';
import { tellsPov } from './pov-lifecycle.contract.ts';

const path = '/api/povs/:id/kpis';
const one = `${path}/:kpiId`;
const ByKpi = z.object({ id: Id, kpiId: Id });

/** POV-074: targets and values by hand. */
export const povKpiEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'pov:read',
    params: ById,
    query: ListQuery,
    returns: listOf(PovKpi),
    summary: 'The KPIs of a POV',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'pov:update',
    params: ById,
    body: CreatePovKpi,
    returns: PovKpi,
    status: 201,
    summary: 'Add a KPI',
  }),
  read: endpoint({ method: 'GET', path: one, needs: 'pov:read', params: ByKpi, returns: PovKpi, summary: 'A KPI' }),
  update: endpoint({
    method: 'PATCH',
    path: one,
    needs: 'pov:update',
    params: ByKpi,
    body: PatchPovKpi,
    returns: PovKpi,
    summary: 'Change a KPI',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: one,
    needs: 'pov:update',
    params: ByKpi,
    returns: z.object({ id: Id }),
    summary: 'Delete a KPI',
  }),
  restore: endpoint({
    method: 'POST',
    path: `${one}/restore`,
    needs: 'pov:restore',
    params: ByKpi,
    returns: PovKpi,
    summary: 'Restore a deleted KPI',
  }),
};

const payload = z.object({ povId: Id, kpiId: Id, kpi: z.string() });
type About = z.output<typeof payload>;
const ofKpi = (verb: string, says: (p: About) => string) =>
  event({ name: `pov.kpi.${verb}`, payload, entity: p => p.kpiId, story: p => p.povId, tells: tellsPov, says });

export const kpiCreated = ofKpi('created', p => `added the KPI ${p.kpi}`);
export const kpiChanged = ofKpi('changed', p => `changed the KPI ${p.kpi}`);
export const kpiDeleted = ofKpi('deleted', p => `deleted the KPI ${p.kpi}`);
export const kpiRestored = ofKpi('restored', p => `restored the KPI ${p.kpi}`);
