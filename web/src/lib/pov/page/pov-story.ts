import CircleCheck from '@lucide/svelte/icons/circle-check';
import Flag from '@lucide/svelte/icons/flag';
import GitCompareArrows from '@lucide/svelte/icons/git-compare-arrows';
import ListTree from '@lucide/svelte/icons/list-tree';
import Pencil from '@lucide/svelte/icons/pencil';
import Rocket from '@lucide/svelte/icons/rocket';
import Target from '@lucide/svelte/icons/target';
import Timer from '@lucide/svelte/icons/timer';
import Users from '@lucide/svelte/icons/users';
import type { ProcessView } from '#domain/platform/process.ts';
import type { PovActivity } from '#domain/pov/pov-activity.ts';
import type { Icon } from '#lib/ui/icon.ts';

export interface StoryEntry {
  id: string | number;
  at: string;
  what: string;
  by: string | null;
  icon: Icon;
  kind: StoryKind;
}
export type StoryKind =
  'status' | 'phase' | 'approval' | 'milestone' | 'launch' | 'team' | 'kpi' | 'change' | 'reminder';

export const storyKinds: Record<StoryKind, string> = {
  status: 'Status',
  phase: 'Phases',
  approval: 'Approvals',
  milestone: 'Milestones',
  launch: 'Launch',
  team: 'Team',
  kpi: 'KPIs',
  change: 'Changes',
  reminder: 'Reminders',
};
const icons: Record<StoryKind, Icon> = {
  status: GitCompareArrows,
  phase: ListTree,
  approval: CircleCheck,
  milestone: Flag,
  launch: Rocket,
  team: Users,
  kpi: Target,
  change: Pencil,
  reminder: Timer,
};

/** The story of a POV, newest first: what people and its process did. */
export function storyOf(timeline: ProcessView['timeline']): StoryEntry[] {
  return timeline
    .map((entry, i) => {
      const kind = kindOf(entry.event);
      const by = entry.by === null || entry.by === 'system' || /^(process|system):?/.test(entry.by) ? null : entry.by;
      const what = by ? entry.what : entry.what[0]!.toUpperCase() + entry.what.slice(1);
      return { id: entry.position ?? `new-${i}`, at: entry.at, what, by, icon: icons[kind], kind };
    })
    .reverse();
}

function kindOf(event: string): StoryKind {
  if (event.endsWith('.reminded')) return 'reminder';
  const [area, entity = ''] = event.split('.');
  if (area === 'workflow') return 'approval';
  if (entity === 'member' || entity === 'owner') return 'team';
  if (entity === 'phases' || entity === 'template') return 'phase';
  return entity in icons ? (entity as StoryKind) : 'change';
}

/** Of a POV that has no process: only what its own record kept. */
export const storyWithout = (activities: readonly PovActivity[]): StoryEntry[] =>
  activities.map(a => ({
    id: a.id,
    at: a.createdAt,
    by: a.userName,
    kind: kindOf(`pov.${a.action}`),
    icon: icons[kindOf(`pov.${a.action}`)],
    what: [
      a.action.split('.').reverse().join(' '),
      a.details['phase'] ?? a.details['milestone'] ?? a.details['kpi'] ?? a.details['name'],
    ]
      .filter(Boolean)
      .join(': '),
  }));
