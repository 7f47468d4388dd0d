import type { Request, Response } from 'express';
import type { Client } from '@temporalio/client';
import type { Storage } from '../../activities/platform/storage/storage.ts';
import type { Caller } from '../../activities/platform/verb.ts';
import type { Config } from '../../db/platform/config.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';

/** What the edge has besides the database: made once by main, given to every handler. */
export interface ApiServices {
  config: Config;
  storage: Storage;
  /** Temporal's client; the connection is lazy, so that the API starts while Temporal is away. */
  temporal: Client;
  authenticate(req: Request): Promise<Actor | null>;
  /** Refuses with 429 when the caller's bucket is empty. */
  limit(req: Request, res: Response, actor: Actor | null): Promise<void>;
  /** Told of each 403; `path` is the one that was asked for. */
  onDenied?(caller: Caller, endpoint: AnyEndpoint, path: string): Promise<void>;
}
