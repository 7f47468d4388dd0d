import { permissions } from '../../domain/index.ts';
import type { PermissionGrid, Scope } from '../../domain/platform/permission.ts';
import { roleCodes } from '../../domain/platform/role.ts';

const letters: Record<string, string> = {
  ...{ R: 'read', C: 'create', U: 'update', D: 'delete', B: 'restore', M: 'manage' },
  ...{ T: 'transition', L: 'launch', S: 'submit', Y: 'sync', V: 'decide', X: 'cancel', K: 'skip', A: 'reassign' },
  J: 'merge',
};
const scopes: Record<string, Scope> = { '': 'all', o: 'own', t: 'team' };

/**
 * PLT-T2 as far as it is built; a letter alone is for all records, with `o` for one's own, with `t` for one's teams'.
 * Who may create, change and remove users and roles is one right (M). Reassigning (A) is a change of the owner;
 * who may delete may merge (J: join).
 * What may be deleted is brought back (B) by administrators (PLT-005); POVs, requests, accounts, contacts, products and
 * opportunities by whoever may delete them.
 */
export const table = `
  subject            SUPER_ADMIN  ADMIN     SALES_MANAGEMENT  SALESPERSON    ACCOUNTING  READ_ONLY
  pov                RCUDBTLSY    RCUDBTLSY RCUDBTLSY         RtCUtTtLtStYt  R           R
  feature-request    RCUDB        RCUDB     RCUDB             RtCtUt         R           R
  support-request    RCUDB        RCUDB     RCUDB             RtCtUt         R           R
  account            RCUDBAJ      RCUDBAJ   RCUDBAJ           RoCoUo         R           R
  contact            RCUDBJ       RCUDBJ    RCUDBJ            RtCtUt         R           R
  opportunity        RCUDBA       RCUDBA    RCUDBA            RoCoUo         R           R
  product            RCUDB        RCUDB     RCUDB             R              R           R
  warehouse          RCUDB        RCUDB     RCUDB             R              R           R
  interaction        RCUDB        RCUDB     RCUDB             RtCtUt         R           R
  task               RCUDB        RCUDB     RCUDB             RtCtUt         R           R
  group              RCUDB        RCUDB     RCUDB             RoCoUo         R           R
  ticket             RCUDB        RCUDB     RCUDB             RtCtUt         R           R
  phase-template     RCUDBM       RCUDBM    R                 R              -           -
  workflow-instance  RCUVXK       RCUVXK    RCUVX             RtCVXo         RCVXo       R
  user               RM           RM        R                 -              -           -
  role               RM           RM        -                 -              -           -
  setting            RM           RM        -                 -              -           -
  audit-log          R            R         -                 -              -           -
  tenant             M            -         -                 -              -           -`;

/** Subjects that PLT-T2 does not know, or knows otherwise, and why. */
const beyond: Record<string, string> = {
  'account-type': 'kept by administrators as other settings; everybody reads what an account is (CRM-002)',
  'custom-field': 'kept by administrators as other settings; everybody reads which fields there are (PLT-007)',
  'email-template': 'the texts of mails are kept by management; everybody reads what they may send (CRM-093)',
  tag: 'the colours of tags are kept by management, as other words that many records share (CRM-098)',
  'enrichment-source': 'what the product asks outside, and with which key, is for administrators to say (CRM-010)',
  'product-category': 'kept by administrators as other settings; who keeps products may name a new one (CRM-080)',
  'api-key': 'everybody may have keys of their own (PLT-027); those of others are for administrators, as in PLT-T2',
  'customer-data': 'for all but accounting, and roles made after it, to copy, select and print (CRM-117)',
  duplicate: 'reviewed by who may merge (CRM-034, 035)',
  import: 'I of PLT-T2 for the records that can be imported, as a right of its own (CRM-114)',
  export: 'X of PLT-T2 for the records that can be exported, as a right of its own (CRM-116)',
  bulk: 'I of PLT-T2 for many records at once (CRM-118)',
  job: 'managers see and steer what they asked for, administrators all',
  'identity-provider': 'kept by administrators (PLT-024), apart from settings: see docs/decisions/0008',
  notification: 'written by administrators (PLT-070); everybody reads their own',
  'opportunity-line-item': 'a part of its opportunity: changed by whoever may change that one (CRM-074)',
  'opportunity-participant': 'a part of its opportunity: changed by whoever may change that one (CRM-075)',
  'opportunity-stage': 'kept by administrators as other settings; everybody reads which there are (CRM-067)',
  'principal-advocacy': 'of all opportunities: for who may read them all (CRM-061)',
  'principal-distributor-relationship': 'kept by sales management, as the catalog is (CRM-056)',
  process: 'steered and reconciled by administrators (PLT-044)',
  'stand-in': 'whoever decides says who does while they are away (APR-027); of others, administrators do',
  'scoring-rule': 'kept by sales management, whose leads they sort (CRM-037)',
  'saved-view': 'everybody keeps views of their own; showing them to all is for managers',
  webhook: 'what leaves the product is for administrators to say (PLT-068)',
  'sandbox-clock': 'the clock of a sandbox, which no row knows',
};

/** Where the permissions of the code differ from PLT-T2: `subject:action ROLE: has x, should have y`. */
export function tableFaults(grid: PermissionGrid = permissions, agreed = table): string[] {
  const [head, ...rows] = agreed.trim().split('\n').map(line => line.trim().split(/\s+/)) as [string[], ...string[][]];
  if (head.slice(1).join() !== roleCodes.join()) return ['The table has other roles'];
  const subjects = new Set([...Object.keys(grid).filter(s => !(s in beyond)), ...rows.map(r => r[0]!)]);
  return [...subjects].flatMap(subject => {
    const row = rows.find(r => r[0] === subject)?.slice(1) ?? roleCodes.map(() => '-');
    const wanted = row.map(rightsOf);
    const actions = new Set([...Object.keys(grid[subject] ?? {}), ...wanted.flatMap(w => Object.keys(w))]);
    return [...actions].flatMap(action =>
      roleCodes.flatMap((role, i) => {
        const [has, should] = [grid[subject]?.[action]?.[role] ?? '-', wanted[i]![action] ?? '-'];
        return has === should ? [] : [`${subject}:${action} ${role}: has ${has}, should have ${should}`];
      }),
    );
  });
}

/** `RtC` → `{ read: 'team', create: 'all' }` */
const rightsOf = (cell: string): Record<string, Scope> =>
  Object.fromEntries([...cell.matchAll(/([A-Z])([ot]?)/g)].map(([, letter, scope]) => [letters[letter!]!, scopes[scope!]!]));
