/** One plain line that says how many tests ran, and the name of each that failed. */

import { readFileSync } from 'node:fs'

const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(process.env['MUSTER_TEST_REPORT'] ?? 'coverage/tests.json', 'utf8'),
)
for (const { assertionResults, name } of testResults) {
  for (const { status, fullName } of assertionResults) {
    if (status === 'failed') process.stdout.write(`failed: ${fullName} (${name.split('/packages/').at(-1)})\n`)
  }
}
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`)
