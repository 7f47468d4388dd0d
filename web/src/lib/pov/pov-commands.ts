import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import CircleX from '@lucide/svelte/icons/circle-x';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Rocket from '@lucide/svelte/icons/rocket';
import { launchProcess } from '#domain/pov/launch.contract.ts';
import { newChecklist } from '#domain/pov/launch.ts';
import { povLifecycle } from '#domain/pov/pov-lifecycle.contract.ts';
import { povStatuses, povStatusLabel } from '#domain/pov/pov-status.ts';
import { transitions } from '#domain/pov/pov-transition.ts';
import type { CommandForms } from '#lib/platform/process/command-form.ts';

const always = (): boolean => true;
const needsReason = (to: string | undefined): boolean => transitions.some(t => t.to === to && t.reasonRequired);

/** How the commands of a POV and of its launch are asked for on their process pages. */
export const povCommands: CommandForms = {
  [povLifecycle.type]: {
    transition: {
      label: 'Move to another status',
      icon: ArrowRightLeft,
      send: 'Move it',
      fields: [
        {
          name: 'to',
          label: 'Status',
          required: always,
          options: povStatuses.map(value => ({ value, label: povStatusLabel[value] })),
        },
        { name: 'reason', label: 'Reason', required: values => needsReason(values['to']) },
      ],
    },
    cancel: {
      label: 'Give it up',
      icon: CircleX,
      send: 'Give it up',
      danger: true,
      fields: [
        { name: 'reason', label: 'Reason', required: always, hint: 'The POV becomes lost and its process ends' },
      ],
    },
  },
  [launchProcess.type]: {
    updateItems: {
      label: 'Tick an item',
      icon: ListChecks,
      send: 'Save',
      fields: [
        {
          name: 'key',
          label: 'Item',
          required: always,
          options: newChecklist().items.map(({ key, label }) => ({ value: key, label })),
        },
        {
          name: 'state',
          label: 'It is',
          required: always,
          options: [
            { value: 'done', label: 'Done' },
            { value: 'open', label: 'Open' },
          ],
        },
      ],
      body: ({ key, state }) => ({ items: [{ key, completed: state === 'done' }] }),
    },
    confirm: { label: 'Confirm the launch', icon: Rocket, send: 'Confirm', fields: [] },
  },
};
