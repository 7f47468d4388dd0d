import type { Payload } from '@temporalio/common';
import type { z } from 'zod';
import { log } from '../../activities/platform/log.ts';
import {
  isEncrypted,
  payloadCodec,
  UnreadablePayload,
  workflowOf,
} from '../../activities/platform/payload/payload-codec.ts';
import { isScheduled } from '../../activities/platform/process/schedules.ts';
import { ownWorkflowIds } from '../../db/platform/processes.query.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { codecEndpoints, type EncodedPayload } from '../../domain/platform/operations/codec.contract.ts';
import { allows } from '../../domain/platform/permission.ts';
import { requestId } from './request-id.ts';
import { serve } from './serve.ts';

type Encoded = z.output<typeof EncodedPayload>;

export const codecRoutes = serve(codecEndpoints, {
  decode: async ({ body, read, actor, req, res, services: { config } }) => {
    const namespace = req.get('X-Namespace');
    if (namespace !== undefined && namespace !== config.TEMPORAL_NAMESPACE)
      throw new Refusal('invalid', 'There are no payloads of that namespace here');
    const payloads = body.payloads.map(asBytes);
    const asked = [...new Set(payloads.filter(isEncrypted).map(workflowOf))];
    const own = await ownWorkflowIds(read, asked);
    // The checks of the whole installation name processes of every tenant.
    const mayReadAll = allows(actor.ability, 'tenant:manage');
    const readable = (payload: Payload): boolean => {
      const id = workflowOf(payload);
      return isEncrypted(payload) && (own.has(id) || (mayReadAll && isScheduled(id)));
    };
    if (!asked.length || !config.SECRET_KEYS) return body;
    const codec = payloadCodec(config.SECRET_KEYS, false);
    const decoded = await Promise.all(
      payloads.map(async (payload, at) =>
        readable(payload) ? opened(codec.decode([payload]), at) : body.payloads[at]!,
      ),
    );
    log.info({ requestId: requestId(res), by: actor.key, tenantId: actor.tenantId, of: asked }, 'payloads decoded');
    res.set('Cache-Control', 'no-store');
    return { payloads: decoded };
  },
});

async function opened(decoding: Promise<Payload[]>, at: number): Promise<Encoded> {
  try {
    return asText((await decoding)[0]!);
  } catch (e) {
    if (!(e instanceof UnreadablePayload)) throw e;
    const fields = [{ pointer: `/payloads/${at}`, code: 'unreadable', message: e.message }];
    throw new Refusal('invalid', 'A payload cannot be decrypted', { reason: 'unreadable-payload', fields });
  }
}

const asBytes = ({ metadata, data }: Encoded): Payload => ({
  metadata: mapped(metadata, text => Buffer.from(text, 'base64')),
  data: Buffer.from(data ?? '', 'base64'),
});

const asText = ({ metadata, data }: Payload): Encoded => ({
  metadata: mapped(metadata ?? {}, bytes => Buffer.from(bytes).toString('base64')),
  data: Buffer.from(data ?? []).toString('base64'),
});

const mapped = <From, To>(from: Record<string, From> | undefined, as: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(from ?? {}).map(([name, value]) => [name, as(value)]));
