const shortForms: Record<string, string> = { pov: 'POV', crm: 'CRM', kpi: 'KPI', api: 'API', id: 'id' };
/** `workflow-instance`, `pov_launch`, `povLifecycle` in words: "Workflow instance", "POV launch", "POV lifecycle". */
export function kindWord(kind: string): string {
  const words = kind
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .map(w => shortForms[w.toLowerCase()] ?? w.toLowerCase());
  return words.join(' ').replace(/^./, c => c.toUpperCase());
}
