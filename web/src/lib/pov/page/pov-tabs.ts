import { openItems } from '#domain/pov/launch.ts';
import type { PovDetail } from '#domain/pov/pov.contract.ts';

/** The parts of a POV's page (POV-090), each with an address of its own. */
export function povTabs(pov: PovDetail): { label: string; href: string; count?: number | null }[] {
  const base = `/povs/${pov.id}`;
  const open = pov.launch && !pov.launch.confirmed ? openItems(pov.launch.checklist.items).length || null : null;
  const requests = pov.linkedFeatureRequests.length + pov.linkedSupportRequests.length;
  return [
    { label: 'Overview', href: base },
    { label: 'Team', href: `${base}/team`, count: pov.team?.members.length ?? 0 },
    { label: 'Phases', href: `${base}/phases`, count: pov.phases.length },
    { label: 'Milestones', href: `${base}/milestones`, count: pov.milestones.length },
    { label: 'KPIs', href: `${base}/kpis`, count: pov.kpis.length },
    { label: 'Approvals', href: `${base}/approvals`, count: pov.approvals.length },
    { label: 'Requests', href: `${base}/requests`, count: requests },
    { label: 'Launch', href: `${base}/launch`, count: open },
    { label: 'Files', href: `${base}/files` },
    { label: 'Activity', href: `${base}/activity` },
  ];
}
