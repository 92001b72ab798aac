import type { RequestHandler } from 'express';
import { Refusal } from '../../policy/refusal.ts';

/** NUL and half a character: nobody types them, and PostgreSQL holds neither. */
const unholdable = /[\0\p{Surrogate}]/u;

const broken = (value: unknown): boolean => {
  if (typeof value === 'string') return unholdable.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => unholdable.test(name) || broken(inner));
};

/** Refuses text that no column can hold before a query meets it. Comes after whatever reads the body. */
export const refuseBrokenText: RequestHandler = (req, _res, next) => {
  if (broken(req.params) || broken(req.query) || broken(req.body))
    throw new Refusal('BadInput', 'What was sent holds a character that cannot be kept. Type it again by hand');
  next();
};
