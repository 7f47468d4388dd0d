import { z } from 'zod';
import { endpoint } from '../contract.ts';

/** Bytes as Temporal's JSON has them. */
const bytes = z.base64().max(3_000_000);

/** One value of a history, as the engine's page shows it to us and expects it back. */
export const EncodedPayload = z
  .object({ metadata: z.record(z.string().max(100), bytes).optional(), data: bytes.optional() })
  .meta({ id: 'EncodedPayload', example: { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'ImhlbGxvIg==' } });
export const EncodedPayloads = z
  .object({ payloads: z.array(EncodedPayload).max(1000) })
  .meta({ id: 'EncodedPayloads' });

/** The codec endpoint of the Temporal UI, which asks `<endpoint>/decode` (PLT-089). */
export const codecPath = '/api/codec';

export const codecEndpoints = {
  decode: endpoint({
    method: 'POST',
    path: `${codecPath}/decode`,
    needs: 'process:decode',
    body: EncodedPayloads,
    returns: EncodedPayloads,
    summary: 'Decrypt what the engine keeps of processes; what is not of your tenant comes back as it was',
  }),
};
