import { BaseSequencer, type TestSpecification } from 'vitest/node';

const isOfWhole = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/e2e/');

/** Tests of the whole product begin first: they take longest, and the last to begin would be waited for alone. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isOfWhole), ...sorted.filter((file) => !isOfWhole(file))];
  }
}
