import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { UnreadableFile } from '../../raw-row.ts';
import { damaged } from './parts.ts';

export type Attributes = Readonly<Record<string, string>>;
/** What is done as XML is read. Names come without their prefix. */
export type Handlers = {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
};

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML as it comes. Between two pieces the caller may give on what it has gathered. No entity but XML's own five is known. */
export async function* readXml(stream: Readable, { open, text, close }: Handlers): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const decoder = new StringDecoder('utf8');
  parser.on('error', () => {
    throw damaged();
  });
  if (open) parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => open(local(name), attributes));
  if (text) parser.on('text', text);
  if (text) parser.on('cdata', text);
  if (close) parser.on('closetag', ({ name }) => close(local(name)));
  try {
    for await (const chunk of stream) {
      parser.write(decoder.write(chunk as Buffer));
      yield;
    }
    parser.write(decoder.end()).close();
    yield;
  } catch (error) {
    throw error instanceof UnreadableFile || error instanceof RangeError ? error : damaged();
  }
}

/** Reads XML of which the whole is wanted. */
export async function readAllXml(stream: Readable, handlers: Handlers): Promise<void> {
  for await (const _ of readXml(stream, handlers));
}
