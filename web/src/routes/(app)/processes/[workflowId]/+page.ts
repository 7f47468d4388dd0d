import { processEndpoints } from '#domain/platform/process.contract.ts';
import { aboutOf } from '#lib/platform/process/process-words.ts';
import { kindWord } from '#lib/platform/kind-word.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, params }) => {
  const { queryClient } = await parent();
  const process = await loaded(queryClient, processEndpoints.read, { params }, { fetch });
  return {
    crumbs: [
      { label: 'Processes', href: '/processes' },
      { label: `${kindWord(process.type)} · ${aboutOf(process)}` },
    ],
  };
};
