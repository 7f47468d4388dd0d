/** Whether the keyboard has ⌘. False while the server renders. */
export const mac = (): boolean => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
