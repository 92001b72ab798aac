import { expect, it } from '@jest/globals';
import { isOutage } from '../../prisma/outage.ts';

const wrapped = (cause: object) =>
  Object.assign(new Error('Invalid invocation'), { code: 'P2039', meta: { driverAdapterError: { cause } } });

/** As each was seen while a real server was stopped, killed and started (test/faults/database-restart.test.ts). */
it.each([
  ['nobody listens', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
  ['Prisma cannot reach it', Object.assign(new Error('Can’t reach'), { code: 'P1001' }), true],
  ['it is shutting down', wrapped({ kind: 'postgres', code: '57P03' }), true],
  ['it ended this connection', wrapped({ kind: 'postgres', code: '57P01' }), true],
  ['the connection is closed', wrapped({ kind: 'ConnectionClosed' }), true],
  ['the driver lost its connection in the middle', new Error('Connection terminated unexpectedly'), true],
  ['its disk is full', wrapped({ kind: 'postgres', code: '53100' }), true],
  ['a column is missing', wrapped({ kind: 'ColumnNotFound' }), false],
  ['a fault of ours', new TypeError('x is not a function'), false],
  ['nothing at all', undefined, false],
])('%s: an outage or not', (_, error, outage) => {
  expect(isOutage(error)).toBe(outage);
});
