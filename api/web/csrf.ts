import { csrfSync } from 'csrf-sync';
import type { Request } from 'express';

const { generateToken, csrfSynchronisedProtection } = csrfSync({
  getTokenFromRequest: (req) => (req.body as Record<string, unknown> | undefined)?._csrf as string | undefined,
  size: 32,
});

/** The token every form carries, kept in the session. */
export const csrfToken = (req: Request): string => (req.session ? generateToken(req) : '');

/** Another token: forms of pages that are open already are refused. */
export const newCsrfToken = (req: Request): string => generateToken(req, true);

/** Refuses a form that did not come from one of our pages. Machines with a bearer token have no session to abuse. */
export const refuseForeignForms = csrfSynchronisedProtection;
