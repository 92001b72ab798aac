import { describe, expect, it } from '@jest/globals';
import { loadConfig, loadGiven } from '../../bin/config.ts';

const right = {
  DATABASE_URL: 'postgresql://firstbell:secret@db.example/firstbell',
  TEMPORAL_ADDRESS: 'engine.example:7233',
  SMTP_URL: 'smtp://mail.example',
  PAYLOAD_KEY: Buffer.alloc(32, 7).toString('base64'),
  SESSION_SECRET: 'a secret of more than thirty-two characters',
};

describe('the settings', () => {
  it('have defaults for all that need not be said', () => {
    expect(loadConfig(right)).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', TEMPORAL_NAMESPACE: 'default', LOG_LEVEL: 'info' });
  });

  it('take the port into the address of the pages', () => {
    expect(loadConfig({ ...right, PORT: '4000' }).BASE_URL).toBe('http://localhost:4000');
  });

  it.each([
    ['a database that is not PostgreSQL', { DATABASE_URL: 'mysql://db.example/x' }, 'DATABASE_URL must be a postgresql:// URL'],
    ['an engine without a port', { TEMPORAL_ADDRESS: 'engine.example' }, 'TEMPORAL_ADDRESS must be host:port'],
    ['a mail server that is a web page', { SMTP_URL: 'https://mail.example' }, 'SMTP_URL must be an smtp:// or smtps:// URL'],
    ['a key of 16 bytes', { PAYLOAD_KEY: Buffer.alloc(16).toString('base64') }, 'PAYLOAD_KEY must be 32 bytes in base64'],
    [
      'an older key of 16 bytes',
      { PAYLOAD_KEYS_OLDER: `${right.PAYLOAD_KEY},AAAA` },
      'PAYLOAD_KEYS_OLDER must be keys of 32 bytes',
    ],
    ['a short secret', { SESSION_SECRET: 'short' }, 'SESSION_SECRET must be at least 32 characters'],
    ['a certificate that is not there', { TEMPORAL_TLS_CA: '/none/ca.pem' }, 'TEMPORAL_TLS_CA must name a file'],
    ['a port in words', { PORT: 'eighty' }, 'PORT must be a number'],
    ['a setting that is set to nothing', { SMTP_URL: '' }, 'SMTP_URL is missing'],
  ])('name %s', (_, wrong, words) => {
    expect(() => loadConfig({ ...right, ...wrong })).toThrow(words);
  });

  it('name the keys that were used before, one or several', () => {
    const older = [1, 2].map((n) => Buffer.alloc(32, n).toString('base64'));
    expect(loadConfig({ ...right, PAYLOAD_KEYS_OLDER: older.join(', ') }).PAYLOAD_KEYS_OLDER).toEqual(older);
  });

  it('never show a secret that is wrong', () => {
    expect(() => loadConfig({ ...right, PAYLOAD_KEY: 'c2VjcmV0' })).toThrow(expect.not.objectContaining({ message: /c2VjcmV0/ }));
  });

  it('need nothing at all for a start on one machine', () => {
    expect(loadGiven({})).toMatchObject({ FIRSTBELL_DATA: '.data' });
  });
});
