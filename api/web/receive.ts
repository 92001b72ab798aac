import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler } from 'express';
import express from 'express';
import multer from 'multer';
import { largestFile } from '../../policy/register/largest-file.ts';
import type { Upload } from './route.ts';
import { uploadFolder } from './upload-folder.ts';

const received = new WeakMap<Request, Upload & { sha256?: string }>();

/** The file that came with a request, if one did. */
export const uploadOf = (req: Request): (Upload & { sha256?: string }) | null => received.get(req) ?? null;

/** A form's fields. */
export const formBody = express.urlencoded({ extended: false, limit: '200kb' });

/** What a form says beside its file, in bytes at most. */
const besideFile = 1_000_000;

/**
 * A form with a file in one field: it goes to a temporary folder, of the largest size that is read at most, and is removed when the
 * answer is sent. One that says it is larger is refused before any of it is kept, and its connection is closed: a browser shows an
 * answer only once it has sent all, or cannot send any more.
 */
export function formWithFile(field: string, { most = largestFile, into = uploadFolder } = {}): RequestHandler[] {
  const storage = multer.diskStorage({ destination: (_req, _file, done) => done(null, into()) });
  const store = multer({ storage, limits: { fileSize: most, files: 1, fields: 20 } });
  const fits: RequestHandler = (req, res, next) => {
    if (Number(req.get('content-length') ?? 0) > most + besideFile) {
      res.set('Connection', 'close');
      throw tooLarge();
    }
    next();
  };
  const keep: RequestHandler = (req, res, next) => {
    if (req.file) {
      const { path: at, originalname } = req.file;
      received.set(req, { path: at, name: Buffer.from(originalname, 'latin1').toString('utf8') });
      res.on('close', () => void rm(at, { force: true }));
    }
    next();
  };
  return [fits, store.single(field), keep];
}

/** JSON, and nothing that a machine takes for it. */
export const jsonBody: RequestHandler[] = [
  (req, _res, next) => {
    if (req.is('application/json') === false) throw wrong(415, 'Send the body as application/json');
    next();
  },
  express.json({ limit: '200kb', strict: true }),
];

/** The body itself is the file, as `curl --data-binary` sends one; kept as a form's file is, and hashed on its way. */
export const fileBody = (type: string, { most = largestFile, into = uploadFolder } = {}): RequestHandler => {
  return async (req, res, next) => {
    if (!req.is(type) || req.get('content-encoding'))
      throw wrong(415, `Send the file itself as the body, uncompressed, with Content-Type: ${type}`);
    if (Number(req.get('content-length') ?? 0) > most) throw tooLarge();
    const file = path.join(into(), randomUUID());
    res.on('close', () => void rm(file, { force: true }));
    const hash = createHash('sha256');
    let bytes = 0;
    async function* measured(): AsyncGenerator<Buffer> {
      for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > most) return;
        hash.update(chunk);
        yield chunk;
      }
    }
    try {
      await pipeline(measured, createWriteStream(file));
    } catch (error) {
      // Whoever sent it has gone: there is nobody to answer.
      if (['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as { code?: string }).code ?? '')) return;
      throw error;
    }
    if (bytes > most) {
      // What is too much is answered at once. The rest is read, but kept nowhere: who sends all of it first hears why it was refused.
      await rm(file, { force: true });
      req.resume();
      throw tooLarge();
    }
    received.set(req, { path: file, name: '', sha256: hash.digest('hex') });
    next();
  };
};

export const fileTooLarge = `A file may have ${largestFile / 1_000_000} MB at most. Send a part of it, for example one term.`;
const tooLarge = () => wrong(413, fileTooLarge);
const wrong = (status: number, message: string) => Object.assign(new Error(message), { status, expose: true });
