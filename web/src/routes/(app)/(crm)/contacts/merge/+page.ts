import type { PageLoad } from './$types';

export const load: PageLoad = () => ({ crumbs: [{ label: 'Contacts', href: '/contacts' }, { label: 'Merge' }] });
