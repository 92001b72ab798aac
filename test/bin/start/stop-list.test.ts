import { expect, it } from '@jest/globals';
import { stopList } from '../../../bin/start/stop-list.ts';

it('stops last what was started first', async () => {
  const stopped: string[] = [];
  const stops = stopList();
  for (const part of ['lock', 'database', 'pages']) stops.add(() => stopped.push(part));
  stops.add(() => stopped.push(`told first: ${stops.stopping.aborted}`));
  await stops.stopAll();
  expect(stopped).toEqual(['told first: true', 'pages', 'database', 'lock']);
});

it('waits for what is still coming up, and stops it too', async () => {
  const stopped: string[] = [];
  const stops = stopList();
  stops.add(() => stopped.push('lock'));
  const slow = new Promise<void>((resolve) => setTimeout(resolve, 20));
  const failing = stops.addWhenUp(slow.then(() => Promise.reject(new Error('no room'))));
  void stops.addWhenUp(slow.then(() => ({ stop: async () => void stopped.push('engine') })));
  await Promise.all([stops.stopAll(), expect(failing).rejects.toThrow('no room')]);
  expect(stopped).toEqual(['engine', 'lock']);
});
