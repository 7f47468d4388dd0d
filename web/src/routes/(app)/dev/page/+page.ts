export const load = () => ({ crumbs: [{ label: 'POVs', href: '/povs' }, { label: 'Cold-chain telemetry pilot' }] });
