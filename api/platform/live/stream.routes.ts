import type { Response } from 'express';
import { log } from '../../../activities/platform/log.ts';
import { orm } from '../../../db/platform/orm.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { LiveClient } from './live-client.ts';
import { LiveHub } from './live-hub.ts';
import { liveConnections } from '../metrics.ts';
import type { HandlerArgs } from '../serve.ts';

const beatEveryMs = 15_000,
  streamsMax = 20;
/** Heartbeats after which it is asked again who the client is. */
const beatsToAsk = 4;

interface Streams {
  hub: LiveHub;
  open: Map<LiveClient, Response>;
}
let streams: Streams | null = null;

/** Holds the request open and tells what happens from `Last-Event-ID` on, or from now. */
export async function openStream({
  req,
  res,
  actor,
  read,
  query,
  services,
}: HandlerArgs & { query: { after?: number } }): Promise<void> {
  const { hub, open } = (streams ??= { hub: new LiveHub(databaseUrl()), open: new Map() });
  if ([...open.keys()].filter(c => c.actor.key === actor.key).length >= streamsMax) {
    throw new Refusal('limit', `At most ${streamsMax} live streams at once`, { retryAfterSeconds: 10 });
  }
  const client = new LiveClient(res, actor, read);
  const following = await hub.follow(client);
  if (res.destroyed) return following.stop();
  // A position of the future comes from another database: it would never hear anything.
  const position = Math.min(
    resumeFrom(req.get('Last-Event-ID')) ?? query.after ?? following.position,
    following.position,
  );
  res
    .status(200)
    .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
  res.flushHeaders();
  res.write(`retry: 2000\nid: ${position}\n\n`);
  open.set(client, res);
  liveConnections.set(open.size);
  let beats = 0;
  const beat = setInterval(() => {
    client.beat();
    beats += 1;
    if (beats % beatsToAsk === 0) void stillKnown();
  }, beatEveryMs);
  const stillKnown = async (): Promise<void> => {
    const now = await services.authenticate(req).catch(() => client.actor);
    if (now) client.actor = now;
    else res.end();
  };
  res.once('close', () => {
    clearInterval(beat);
    following.stop();
    open.delete(client);
    liveConnections.set(open.size);
  });
  client.catchUp(position, following).catch((e: Error) => {
    if (!res.destroyed) log.warn({ err: e.message }, 'a client of the live stream could not catch up');
    res.destroy();
  });
}

const resumeFrom = (id: string | undefined): number | undefined =>
  id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined;

const databaseUrl = (): string => orm().config.get('clientUrl') as string;

/** At shutdown: ends every stream, so that the clients come back to another process. */
export function closeStreams(): Promise<void> {
  const closing = streams;
  streams = null;
  for (const res of closing?.open.values() ?? []) res.end();
  return closing?.hub.close() ?? Promise.resolve();
}
