const fields = '[autofocus], [data-panel-body] :is(input, textarea):not([type="hidden"]):not(:disabled)';

/** Opens a panel with the focus on its first field, or on the panel itself: never on the button that closes it. */
export const firstFocus =
  (panel: () => HTMLElement | null) =>
  (event: Event): void => {
    event.preventDefault();
    requestAnimationFrame(() =>
      (panel()?.querySelector<HTMLElement>(fields) ?? panel())?.focus({ preventScroll: true }),
    );
  };
