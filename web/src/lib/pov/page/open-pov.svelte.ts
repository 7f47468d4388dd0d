import { getContext, setContext } from 'svelte';
import type { Milestone } from '#domain/pov/milestone.ts';
import type { Phase } from '#domain/pov/phase.ts';
import { whyNotPov, type PovAction, type PovUser } from '#domain/pov/pov-access.ts';
import type { PovKpi } from '#domain/pov/pov-kpi.ts';
import type { PovStatus } from '#domain/pov/pov-status.ts';
import type { PovDetail } from '#domain/pov/pov.contract.ts';
import type { FeatureRequest } from '#domain/pov/request/feature-request.ts';
import type { SupportRequest } from '#domain/pov/request/support-request.ts';
import type { TeamMember } from '#domain/pov/team-member.ts';

/** The question or form that stands over the page. */
export type PovDialog =
  | { kind: 'edit' | 'delete' | 'hand-over' | 'add-member' | 'apply-template' | 'confirm-launch' }
  | { kind: 'move'; to: PovStatus; reasonRequired: boolean }
  | { kind: 'submit' | 'delete-phase'; phase: Phase }
  | { kind: 'phase'; phase: Phase | null }
  | { kind: 'milestone'; milestone: Milestone | null }
  | { kind: 'delete-milestone'; milestone: Milestone }
  | { kind: 'kpi'; kpi: PovKpi | null }
  | { kind: 'delete-kpi'; kpi: PovKpi }
  | { kind: 'feature'; request: FeatureRequest | null }
  | { kind: 'support'; request: SupportRequest | null }
  | { kind: 'remove-member'; member: TeamMember };

/** The POV whose page is open: its data, what its reader may do, and what stands over the page. */
export class OpenPov {
  dialog = $state<PovDialog | null>(null);
  readonly #pov: () => PovDetail;
  readonly #user: () => PovUser;
  readonly #zone: () => string;

  constructor(pov: () => PovDetail, user: () => PovUser, zone: () => string) {
    this.#pov = pov;
    this.#user = user;
    this.#zone = zone;
  }

  get pov(): PovDetail {
    return this.#pov();
  }
  get zone(): string {
    return this.#zone();
  }
  /** The phase that is worked on, or comes next. */
  get currentPhase(): Phase | undefined {
    return this.pov.phases.find(p => p.status !== 'COMPLETED');
  }
  /** Not permitted at all: the button is hidden (PLT-038). */
  may(action: PovAction): boolean {
    const { ownerId, team } = this.pov;
    return whyNotPov(action, this.#user(), { ownerId, members: team?.members ?? [] }) === undefined;
  }
  ask(dialog: PovDialog): void {
    this.dialog = dialog;
  }
  close = (): void => {
    this.dialog = null;
  };
}

const key = Symbol('pov');
export const provideOpenPov = (open: OpenPov): OpenPov => setContext(key, open);
export const useOpenPov = (): OpenPov => getContext<OpenPov>(key);
