import pino, { type Logger } from 'pino';

/** A line an event, as JSON, on standard output. What could hold a person's data is left out by name. */
export const logger = (name: string, level: string): Logger =>
  pino({ name, level, redact: { paths: ['*.email', '*.address', '*.to', 'err.cause', 'err.parameters'], remove: true } });
