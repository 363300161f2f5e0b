import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends the output with `N passed, N failed`, which is easy to read for people and for other programs. */
export default class TestCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], outsideErrors: readonly SerializedError[]): void {
    let passed = 0;
    let failed = outsideErrors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()].map((test) => test.result().state);
      passed += tests.filter((state) => state === 'passed').length;
      const failures = tests.filter((state) => state === 'failed').length;
      // A file that cannot be loaded, or whose hooks fail, has no failed test of its own.
      failed += module.ok() ? failures : Math.max(failures, 1);
    }
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
