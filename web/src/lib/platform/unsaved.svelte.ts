import { beforeNavigate, goto } from '$app/navigation';

interface Asked { to: URL }
/** Where somebody wants to go while a form is changed; the shell asks (PLT-119). */
export const leaving = $state<{ asked: Asked | null }>({ asked: null });
let allowed = false;

/** Call in a component with a form: leaving while `changed()` asks first, and staying keeps the input. */
export function guardUnsaved(changed: () => boolean): void {
  beforeNavigate(({ cancel, from, to, willUnload }) => {
    if (allowed || !changed()) return;
    // Not `location`: after the back button it already names the other page.
    if (to && to.url.pathname === from?.url.pathname) return;
    cancel();
    if (!willUnload && to) leaving.asked = { to: to.url };
  });
}

/** Leave all the same: the input is lost. */
export async function leave(): Promise<void> {
  const to = leaving.asked?.to;
  leaving.asked = null;
  if (!to) return;
  allowed = true;
  try { await goto(to); } finally { allowed = false; }
}
export const stay = (): void => { leaving.asked = null; };
