import Ban from '@lucide/svelte/icons/ban';
import Gavel from '@lucide/svelte/icons/gavel';
import Forward from '@lucide/svelte/icons/forward';
import SkipForward from '@lucide/svelte/icons/skip-forward';
import { approvalProcess } from '#domain/approvals/instance.contract.ts';
import type { CommandForms } from '#lib/platform/process/command-form.ts';

const always = (): boolean => true;
const step = { name: 'stepId', label: 'Step', hint: 'Its short name, such as step-1' };

/** How the commands of an approval are asked for on its process page. */
export const approvalCommands: CommandForms = {
  [approvalProcess.type]: {
    decide: {
      label: 'Decide',
      icon: Gavel,
      send: 'Record the decision',
      fields: [
        {
          name: 'decision',
          label: 'Decision',
          required: always,
          options: [
            { value: 'approved', label: 'Approve' },
            { value: 'rejected', label: 'Reject' },
          ],
        },
        {
          name: 'comment',
          label: 'Comment',
          required: values => values['decision'] === 'rejected',
          hint: 'Needed to reject',
        },
      ],
    },
    delegate: {
      label: 'Hand over',
      icon: Forward,
      send: 'Hand over',
      done: 'They are told, and decide from now on.',
      fields: [
        { name: 'toUserId', label: 'To', required: always, person: true },
        { name: 'comment', label: 'Comment' },
      ],
    },
    cancel: {
      label: 'Call it off',
      icon: Ban,
      send: 'Call it off',
      danger: true,
      fields: [{ name: 'reason', label: 'Reason', required: always }],
    },
    skip: {
      label: 'Skip a step',
      icon: SkipForward,
      send: 'Skip the step',
      danger: true,
      fields: [
        { ...step, required: always },
        { name: 'reason', label: 'Reason', required: always },
      ],
    },
  },
};
