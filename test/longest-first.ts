import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The folders whose files take longest: they start whole services, servers and browsers. */
const LONG = ["embedded", "contracts", "story", "browser", "delivery"].map((folder) => `/test/${folder}/`);

/** Begins with the files that take longest, so that all threads end together, whether or not there was a run before. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONG.findIndex((folder) => moduleId.includes(folder));
      return found === -1 ? LONG.length : found;
    };
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)));
  }
}
