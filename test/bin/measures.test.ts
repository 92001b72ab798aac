import { expect, it } from '@jest/globals';
import { measuresPage } from '../../policy/register/measures/page.ts';
import { firstbell } from '../support/firstbell.ts';

it('firstbell measures prints what every figure counts', async () => {
  expect(await firstbell(['measures'], {})).toMatchObject({ code: 0, err: '', out: `${measuresPage()}\n` });
});
