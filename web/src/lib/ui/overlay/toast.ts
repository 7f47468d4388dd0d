import { toast as sonner } from 'svelte-sonner';

interface Extra {
  description?: string;
  undo?: () => void;
  action?: { label: string; run: () => void };
  requestId?: string | null;
}

const options = ({ description, undo, action, requestId }: Extra) => {
  const offered = undo ? { label: 'Undo', run: undo } : action;
  return {
    description: requestId ? `${description ? `${description} · ` : ''}Request ${requestId}` : description,
    duration: undo ? 8000 : 5000,
    action: offered && { label: offered.label, onClick: offered.run },
  };
};

/** Says what the page does not already show. */
export const notify = {
  done: (text: string, extra: Extra = {}) => sonner.success(text, options(extra)),
  info: (text: string, extra: Extra = {}) => sonner.info(text, options(extra)),
  warn: (text: string, extra: Extra = {}) => sonner.warning(text, options(extra)),
  failed: (text: string, extra: Extra = {}) => sonner.error(text, { ...options(extra), duration: 10_000 }),
};
