/** What PostgreSQL, the network or Prisma say when the database cannot be reached, is starting, went away or has no room. */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  '08006',
  '53100',
  '53200',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
]);
const kinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout']);

/** What the driver says in words alone. */
const words = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

type Failed = {
  code?: unknown;
  message?: unknown;
  meta?: { driverAdapterError?: { cause?: { kind?: unknown; code?: unknown } } };
};

/** True if the database is out of reach just now, or can take nothing, so that trying again later may do. */
export function isOutage(error: unknown): boolean {
  const { code, message, meta } = (error ?? {}) as Failed;
  const cause = meta?.driverAdapterError?.cause;
  // What PostgreSQL said on its way down or up, Prisma wraps in a code of its own.
  if (codes.has(String(code)) || codes.has(String(cause?.code)) || kinds.has(String(cause?.kind))) return true;
  return words.test(String(message));
}
