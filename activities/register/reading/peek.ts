export type Peeked = { head: Buffer; all: AsyncIterable<Buffer> };

/** The first bytes of a stream, at least so many unless it ends before, and all of it from the start. */
export async function peek(source: AsyncIterable<Buffer>, bytes: number): Promise<Peeked> {
  const chunks = source[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  for (let length = 0; length < bytes; ) {
    const { value, done } = await chunks.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const head = first.length === 1 ? (first[0] as Buffer) : Buffer.concat(first);
  return { head, all: joined(head, chunks) };
}

/** A stream with some bytes put back in front of it. */
export async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
