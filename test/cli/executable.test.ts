import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const projectDir = path.join(import.meta.dirname, '..', '..');

it('The command is committed as an executable file: the first npx leaves a clone as it was', () => {
  const files = Object.values(packageJson.bin);
  const listed = execFileSync('git', ['ls-files', '-s', ...files], { cwd: projectDir, encoding: 'utf8' });
  expect(
    listed
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s/)[0]),
  ).toEqual(files.map(() => '100755'));
});
