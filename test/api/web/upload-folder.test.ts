import { rmSync, statSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { uploadFolder } from '../../../api/web/upload-folder.ts';

it('is for its own user alone, the same each time, and made again if it was cleared away', () => {
  const folder = uploadFolder();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(uploadFolder()).toBe(folder);
  rmSync(folder, { recursive: true });
  const again = uploadFolder();
  expect(statSync(again).isDirectory()).toBe(true);
  rmSync(again, { recursive: true });
});
