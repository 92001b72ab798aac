// Makes dist/: plain JavaScript that Node runs, with the workflows bundled and the files that the program reads beside it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from './generate.mjs';

await generate();
rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const kept = /\.(njk|js|scss|typ|yaml|svg|cjs|sql|toml)$/;
for (const folder of ['activities', 'api', 'bin', 'policy', 'prisma']) {
  cpSync(folder, path.join('dist', folder), { recursive: true, filter: (file) => !path.extname(file) || kept.test(file) });
}
if (existsSync('dist/prisma/migrations/schema.prisma')) rmSync('dist/prisma/migrations/schema.prisma');
cpSync('package.json', 'dist/package.json');
const { compileStylesheet } = await import(path.resolve('dist/api/web/stylesheet.js'));
writeFileSync('dist/api/layout/firstbell.css', compileStylesheet());
const { freshBundle } = await import(path.resolve('dist/bin/engine/workflow-bundle.js'));
const { code } = await freshBundle();
mkdirSync('dist', { recursive: true });
writeFileSync('dist/workflow-bundle.cjs', code);
console.log('dist/ is built: run `node dist/bin/firstbell.js`.');
