import { isPrivateAddress } from '../../../activities/platform/private-address.ts';
import type { Config } from '../../../db/platform/config.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { whyNotOutside } from '../../../domain/platform/webhook/webhook.ts';

/** Refuses an address that the product must not ask at a stranger's wish, by the field that it stands in (PLT-069). */
export function assertOutside(url: string | null | undefined, field: string, { PRIVATE_NETWORKS }: Config): void {
  const whyNot = url && PRIVATE_NETWORKS === 'refuse' && whyNotOutside(url, isPrivateAddress);
  if (whyNot) throw invalidField(field, whyNot, 'private-network');
}
