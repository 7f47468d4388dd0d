/** Opens a panel with the focus on its first field, or on the panel itself: never on the button that closes it. */
export function firstFocus(event: Event): void {
  const panel = event.currentTarget ?? event.target;
  if (!(panel instanceof HTMLElement)) return;
  event.preventDefault();
  const field = panel.querySelector<HTMLElement>('[autofocus], [data-panel-body] :is(input, textarea, select):not([type="hidden"]):not(:disabled)');
  (field ?? panel).focus({ preventScroll: true });
}
