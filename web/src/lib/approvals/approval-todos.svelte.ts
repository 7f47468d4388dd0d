import { createQuery } from '@tanstack/svelte-query';
import type { Instance } from '#domain/approvals/instance.ts';
import { instanceEndpoints } from '#domain/approvals/instance.contract.ts';
import type { Todos } from '#lib/platform/home/todo.ts';
import { reading } from '#lib/platform/query.ts';
import { useMe } from '#lib/platform/session.svelte.ts';
import { useClock } from '#lib/ui/time/clock.svelte.ts';
import { subjectIcon, subjectWord } from './approval-words.ts';
import { entryOf, inboxQuery } from './inbox.ts';
import type { SubjectOf } from './subject.ts';

const asker = (instance: Instance): string => instance.requesterName ?? 'the system';

/** The approvals that wait for the reader, for the first page. */
export function useApprovalTodos(subjectOf: SubjectOf): Todos {
  const me = useMe();
  const clock = useClock();
  const waiting = createQuery(() => ({
    ...reading(instanceEndpoints.list, { query: inboxQuery('waiting', me.user.id) }),
    enabled: me.may('workflow-instance:read'),
  }));
  const items = $derived(
    (waiting.data?.items ?? []).map(instance => {
      const { since, until } = entryOf(
        instance,
        { userId: me.user.id, role: me.user.role },
        me.tenant.timeZone,
        clock.now,
      );
      const subject = subjectOf(instance);
      return {
        id: instance.id,
        icon: subjectIcon(instance.referenceType),
        title: `Approve ${instance.title}`,
        context: `${subject?.name ?? subjectWord(instance.referenceType)}, ${asker(instance)} asks`,
        since,
        until,
        href: `/inbox/${instance.id}`,
        action: 'Review',
      };
    }),
  );
  return {
    get items() {
      return items;
    },
    get loading() {
      return waiting.isPending;
    },
    get error() {
      return waiting.error;
    },
  };
}
