import type { Response } from 'express';
import type { Download } from './route.ts';

/** Answers with a file: shown where a browser can show it, kept where not. */
export function sendFile(res: Response, { file, type, content }: Download): void {
  const shown = type.startsWith('text/html') || type === 'application/pdf';
  // A letter shown as a page brings its own styles and may do nothing else.
  if (type === 'text/html')
    res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox");
  res.type(type).set('Content-Disposition', `${shown ? 'inline' : 'attachment'}; filename="${file}"`);
  res.send(typeof content === 'string' ? content : Buffer.from(content));
}
