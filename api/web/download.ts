import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Download } from './route.ts';

/** Answers with a file: shown where a browser can show it, kept where not. */
export async function sendFile(res: Response, { file, type, content, keep }: Download): Promise<void> {
  const shown = !keep && (type.startsWith('text/html') || type === 'application/pdf');
  // A letter shown as a page brings its own styles and may do nothing else.
  if (type === 'text/html')
    res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox");
  res.type(type).set('Content-Disposition', `${shown ? 'inline' : 'attachment'}; filename="${file}"`);
  if (typeof content === 'string') res.send(content);
  else if (content instanceof Uint8Array) res.send(Buffer.from(content));
  else await pipeline(Readable.from(content, { objectMode: false }), res).catch(unlessGone);
}

/** Who asked for it may have stopped loading it: then there is nobody to answer. */
function unlessGone(error: { code?: string }): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
