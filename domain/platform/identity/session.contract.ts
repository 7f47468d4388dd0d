import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { Refresh, Session, SignIn, Tokens } from './session.ts';

const path = '/api/auth';

/** Signing in and out (PLT-016, 019, 020). */
export const sessionEndpoints = {
  signIn: endpoint({
    method: 'POST',
    path: `${path}/signin`,
    needs: 'anonymous',
    body: SignIn,
    returns: Tokens,
    summary: 'Sign in: tokens for programs, an http-only cookie for browsers',
  }),
  refresh: endpoint({
    method: 'POST',
    path: `${path}/refresh`,
    needs: 'anonymous',
    body: Refresh,
    returns: Tokens,
    summary: 'New tokens for a refresh token',
  }),
  signOut: endpoint({
    method: 'POST',
    path: `${path}/signout`,
    needs: 'signed-in',
    returns: z.object({}),
    status: 204,
    summary: 'End the session: its cookie and all its tokens',
  }),
  read: endpoint({
    method: 'GET',
    path: `${path}/session`,
    needs: 'signed-in',
    returns: Session,
    summary: 'Who am I, where, and what may I do?',
  }),
};
