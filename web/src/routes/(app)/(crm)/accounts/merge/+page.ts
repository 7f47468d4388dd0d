import type { PageLoad } from './$types';

export const load: PageLoad = () => ({ crumbs: [{ label: 'Accounts', href: '/accounts' }, { label: 'Merge' }] });
