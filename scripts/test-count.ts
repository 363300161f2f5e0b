import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

/**
 * Ends the output with a line for each test that failed, and `N passed, N failed`: easy to read for people and for other
 * programs, however long the output before.
 */
export default class TestCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], outsideErrors: readonly SerializedError[]): void {
    let passed = 0;
    const failed = outsideErrors.map(({ message }) => firstLine(message));
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === 'passed').length;
      const failures = tests.filter((test) => test.result().state === 'failed').map(described);
      // A file that cannot be loaded, or whose hooks fail, has no failed test of its own.
      if (failures.length > 0 || module.ok()) failed.push(...failures);
      else failed.push(`${module.relativeModuleId}: ${firstLine(errorsOf(module)[0]?.message ?? 'not run')}`);
    }
    for (const failure of failed) process.stdout.write(`failed: ${failure}\n`);
    process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
  }
}

const errorsOf = (module: TestModule): readonly SerializedError[] => [
  ...module.errors(),
  ...[...module.children.allSuites()].flatMap((suite) => suite.errors()),
];

function described(test: TestCase): string {
  const [error] = test.result().errors ?? [];
  return `${test.module.relativeModuleId} > ${test.fullName}: ${firstLine(error?.message ?? 'no reason given')}`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;
